import { SipPhone, eventually, freePort, headerOf, headersOf } from '@sfs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { HOST, Opened } from '../test/opened.ts';

let opened: Opened;
afterEach(() => opened.close());

const LAMP = { type: 'application/simple-message-summary', text: 'Messages-Waiting: yes\r\nVoice-Message: 1/0\r\n' };
const NOTIFY = { method: 'NOTIFY', headers: ['Event: message-summary', 'Subscription-State: active'], body: LAMP, timeoutMs: 3000 } as const;

async function withProxy(behaviour: 'answer' | 'silent' = 'answer'): Promise<SipPhone> {
  const port = await freePort();
  opened = await Opened.open({ proxy: `${HOST}:${port}` });
  return await opened.phone({ port, behaviour });
}

describe('requests outside a dialog', () => {
  it('a NOTIFY goes to the proxy and its answer comes back', async () => {
    const proxy = await withProxy();
    const answer = await opened.endpoint.request({ ...NOTIFY, uri: 'sip:1002@site-a.example', from: 'sip:1002@site-a.example', to: 'sip:1002@site-a.example' });
    expect(answer.status).toBe(200);
    const notify = await proxy.requests.next('the NOTIFY');
    expect(notify).toMatchObject({ method: 'NOTIFY', uri: 'sip:1002@site-a.example', body: LAMP.text });
    expect(headerOf(notify, 'event')).toBe('message-summary');
    expect(headerOf(notify, 'content-type')).toBe(LAMP.type);
    expect(headerOf(notify, 'from')).toMatch(/^<sip:1002@site-a.example>;tag=[0-9a-f]{24}$/);
  });

  it('is repeated while nobody answers and ends as 408', async () => {
    await withProxy('silent');
    const answer = await opened.endpoint.request({ ...NOTIFY, timeoutMs: 300, uri: 'sip:1002@site-a.example', from: 'sip:a@b', to: 'sip:a@b' });
    expect(answer.status).toBe(408);
    expect(opened.count('resent')).toBeGreaterThan(2);
    expect(opened.endpoint.counters()['open_transactions']).toBe(0);
  });

  it('no value can smuggle in a header of its own', async () => {
    const proxy = await withProxy();
    await opened.endpoint.request({ ...NOTIFY, headers: ['Event: x\r\nEvil: yes'], uri: 'sip:1002@site-a.example', from: 'sip:a@b', to: 'sip:a@b' });
    const notify = await proxy.requests.next('the NOTIFY');
    expect(headerOf(notify, 'evil')).toBeUndefined();
  });

  it('an answer to nothing of ours is counted and dropped', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    phone.sendRaw({ kind: 'response', status: 200, reason: 'OK', headers: [['Via', `SIP/2.0/UDP ${HOST};branch=z9hG4bKguess`], ['From', '<sip:a@b>;tag=1'], ['To', '<sip:a@b>;tag=2'], ['Call-ID', 'x'], ['CSeq', '1 NOTIFY']], body: '' });
    await eventually('it to be counted', () => (opened.count('unmatched') === 1 ? true : undefined));
  });
});

describe('subscriptions', () => {
  it('are accepted, notified within their dialog along its routes, refreshed and ended', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    const route = `<sip:${HOST}:${phone.local.port};lr>`;
    const headers = [['Event', 'message-summary'], ['Expires', '600'], ['Record-Route', route]] as const;
    const answered = phone.request('SUBSCRIBE', { uri: 'sip:1001@site-a.example', callId: 'lamp', headers });
    const subscribe = await opened.subscribes.next('the SUBSCRIBE');
    expect(subscribe).toMatchObject({ event: 'message-summary', expires: 600, localTag: undefined, callId: 'lamp' });
    expect(subscribe.to.user).toBe('1001');
    const dialog = subscribe.accept(300);
    const answer = await answered;
    expect(headerOf(answer, 'expires')).toBe('300');
    expect(headerOf(answer, 'to')).toContain(dialog.localTag);
    expect(JSON.parse(JSON.stringify(dialog))).toEqual(dialog);

    const sent = await opened.endpoint.requestInDialog({ ...dialog, localSeq: 7 }, NOTIFY);
    expect(sent.status).toBe(200);
    const notify = await phone.requests.next('the NOTIFY');
    expect(notify.uri).toBe(phone.contactUri);
    expect(headersOf(notify, 'route')).toEqual([route]);
    expect(headerOf(notify, 'cseq')).toBe('7 NOTIFY');
    expect(headerOf(notify, 'call-id')).toBe('lamp');
    expect(headerOf(notify, 'from')).toContain(`tag=${dialog.localTag}`);
    expect(headerOf(notify, 'to')).toContain(`tag=${dialog.remoteTag}`);

    const refreshed = phone.request('SUBSCRIBE', { uri: 'sip:1001@site-a.example', to: headerOf(answer, 'to') ?? '', callId: 'lamp', headers: [['Event', 'message-summary'], ['Expires', '0'], ['CSeq', '2 SUBSCRIBE']] });
    const refresh = await opened.subscribes.next('the refresh');
    expect(refresh).toMatchObject({ localTag: dialog.localTag, expires: 0 });
    refresh.reject(481, 'Subscription Gone');
    expect(await refreshed).toMatchObject({ status: 481, reason: 'Subscription Gone' });
  });

  it('over TCP the NOTIFY comes back on the same connection', async () => {
    opened = await Opened.open();
    const phone = await opened.phone({ transport: 'tcp' });
    const answered = phone.request('SUBSCRIBE', { uri: 'sip:1001@site-a.example', headers: [['Event', 'message-summary']] });
    const dialog = (await opened.subscribes.next('the SUBSCRIBE')).accept(300);
    await answered;
    expect((await opened.endpoint.requestInDialog(dialog, NOTIFY)).status).toBe(200);
  });
});

describe('registrations told by the proxy', () => {
  it('say who came and who went', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    expect((await phone.register({ expires: 300 })).status).toBe(200);
    expect((await phone.unregister()).status).toBe(200);
    await eventually('both', () => (opened.registers.all.length === 2 ? true : undefined));
    expect(opened.registers.all).toEqual([{ user: '1001', domain: 'site-a.example', expires: 300 }, { user: '1001', domain: 'site-a.example', expires: 0 }]);
  });
});
