import { eventually, headerOf, headersOf } from '@sfs/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ANSWER, HOST, Opened, endOf } from '../test/opened.ts';

let opened: Opened;
afterEach(async () => {
  vi.useRealTimers();
  await opened.close();
});

const TARGET = 'sip:access@127.0.0.1';
const HOLD = ANSWER.replace('a=rtpmap', 'a=sendonly\r\na=rtpmap');

async function callUp(parts: Parameters<Awaited<ReturnType<Opened['phone']>>['call']>[1] = {}) {
  opened = await Opened.open();
  const phone = await opened.phone();
  const placed = phone.call(TARGET, parts);
  const call = await opened.nextCall();
  const ends = endOf(call);
  await call.accept(ANSWER);
  await placed.answered();
  return { phone, placed, call, ends };
}

describe('changes within a call', () => {
  it.each(['INVITE', 'UPDATE'])('%s asks for our answer to the new offer', async (method) => {
    const { placed, call, ends } = await callUp();
    const offers: (string | undefined)[] = [];
    call.onReoffer = (offer) => {
      offers.push(offer);
      return `${ANSWER}a=recvonly\r\n`;
    };
    const answer = await placed.inside(method, { body: HOLD });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('a=recvonly');
    expect(offers).toEqual([HOLD]);
    await placed.hangUp();
    expect(await ends.next('the end')).toBe('bye');
  });

  it('an offer we cannot answer gets 488 and the call stays', async () => {
    const { placed, ends } = await callUp();
    expect((await placed.inside('UPDATE', { body: HOLD })).status).toBe(488);
    expect(opened.endpoint.calls).toBe(1);
    expect(ends.all).toEqual([]);
  });

  it('an UPDATE without an offer only refreshes', async () => {
    const { placed, call } = await callUp();
    call.onReoffer = () => 'must not be asked';
    const answer = await placed.inside('UPDATE');
    expect(answer).toMatchObject({ status: 200, body: '' });
  });

  it('a request older than the last one is out of order', async () => {
    const { phone, placed } = await callUp();
    const bye = placed.dialog?.compose('BYE');
    if (!bye) throw new Error('no dialog');
    const old = { ...bye, headers: bye.headers.map(([name, value]) => [name, name === 'CSeq' ? '0 BYE' : value] as const) };
    expect((await phone.send(old)).status).toBe(500);
    expect(opened.endpoint.calls).toBe(1);
  });

  it('a BYE of a call that is not ours gets 481', async () => {
    const { placed, phone } = await callUp();
    const bye = placed.dialog?.compose('BYE');
    if (!bye) throw new Error('no dialog');
    const foreign = { ...bye, headers: bye.headers.map(([name, value]) => [name, name === 'Call-ID' ? 'another' : value] as const) };
    expect((await phone.send(foreign)).status).toBe(481);
  });
});

describe('an INVITE without an offer', () => {
  const INVITE = `INVITE ${TARGET} SIP/2.0\r\nVia: SIP/2.0/UDP ${HOST};rport;branch=z9hG4bKo1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <${TARGET}>\r\nCall-ID: offerless\r\nCSeq: 1 INVITE\r\nContact: <sip:a@192.0.2.1>\r\nContent-Length: 0\r\n\r\n`;

  it('gets ours and answers it in the ACK', async () => {
    opened = await Opened.open();
    const peer = await opened.rawPeer();
    peer.send(INVITE);
    const call = await opened.nextCall();
    expect(call.offer).toBeUndefined();
    const accepted = call.accept(ANSWER);
    const answer = await peer.answers.next('a 200', 2000, (each) => each.startsWith('SIP/2.0 200'));
    expect(answer.endsWith(ANSWER)).toBe(true);
    const to = /^To: .*$/m.exec(answer)?.[0] ?? '';
    const ack = INVITE.replaceAll('INVITE', 'ACK').replace('z9hG4bKo1', 'z9hG4bKo2').replace(/^To: .*$/m, to);
    peer.send(ack.replace('Content-Length: 0\r\n\r\n', `Content-Type: application/sdp\r\nContent-Length: ${HOLD.length}\r\n\r\n${HOLD}`));
    expect(await accepted).toBe(HOLD);
  });
});

describe('what gets lost on the way', () => {
  it('a 200 is repeated until its ACK, and without one the call ends with a BYE', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    phone.sendRaw(`INVITE ${TARGET} SIP/2.0\r\nVia: SIP/2.0/UDP ${HOST}:${phone.local.port};branch=z9hG4bKlost\r\nFrom: <sip:a@b>;tag=1\r\nTo: <${TARGET}>\r\nCall-ID: lost\r\nCSeq: 1 INVITE\r\nContact: <${phone.contactUri}>\r\n\r\n`);
    const call = await opened.nextCall();
    const ends = endOf(call);
    await expect(call.accept(ANSWER)).rejects.toMatchObject({ code: 'sip/call-over' });
    expect(await ends.next('the end')).toBe('no-ack');
    const bye = await phone.requests.next('a BYE', 2000, ({ method }) => method === 'BYE');
    expect(headerOf(bye, 'call-id')).toBe('lost');
    expect(opened.count('resent')).toBeGreaterThan(5);
    expect(opened.endpoint.calls).toBe(0);
  });

  it('a repeated INVITE makes no second call, and a refusal is repeated until its ACK', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    const invite = `INVITE ${TARGET} SIP/2.0\r\nVia: SIP/2.0/UDP ${HOST}:${phone.local.port};branch=z9hG4bKtwice\r\nFrom: <sip:a@b>;tag=1\r\nTo: <${TARGET}>\r\nCall-ID: twice\r\nCSeq: 1 INVITE\r\nContact: <${phone.contactUri}>\r\n\r\n`;
    phone.sendRaw(invite);
    const call = await opened.nextCall();
    phone.sendRaw(invite);
    await eventually('both to come', () => (opened.count('received') >= 2 ? true : undefined));
    call.reject(486, 'Busy Here');
    await eventually('repetitions', () => (opened.count('resent') >= 3 ? true : undefined));
    phone.sendRaw(invite.replace(/^INVITE/, 'ACK').replace('1 INVITE', '1 ACK'));
    await eventually('all to be over', () => (opened.endpoint.counters()['open_transactions'] === 0 ? true : undefined));
    expect(opened.calls.all).toHaveLength(1);
  });
});

describe('ways through proxies', () => {
  it('Record-Route values come back in the answer and lead our BYE', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    const route = `<sip:${HOST}:${phone.local.port};lr;ftag=x>`;
    const placed = phone.call(TARGET, { headers: [['Record-Route', route], ['Record-Route', '<sip:198.51.100.9;lr>'], ['Contact', '<sip:1001@192.0.2.7:5070>']] });
    const call = await opened.nextCall();
    await call.accept(ANSWER);
    const answer = await placed.answered();
    expect(headersOf(answer, 'record-route')).toEqual([route, '<sip:198.51.100.9;lr>']);
    call.hangUp();
    const bye = await placed.hungUp.within();
    expect(bye.uri).toBe('sip:1001@192.0.2.7:5070');
    expect(headersOf(bye, 'route')).toEqual([route, '<sip:198.51.100.9;lr>']);
  });

  it('the answer goes to where the request came from, and says so', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    const answer = await phone.request('OPTIONS', { uri: TARGET, headers: [['Via', `SIP/2.0/UDP 203.0.113.5:7777;branch=z9hG4bKnat;rport;received=1.2.3.4`]] }).catch(() => undefined);
    expect(answer?.status).toBe(200);
    expect(headerOf(answer ?? raise(), 'via')).toContain(`received=${HOST};rport=${phone.local.port}`);
    expect(headerOf(answer ?? raise(), 'via')).not.toContain('1.2.3.4');
  });
});

describe('session timers (RFC 4028)', () => {
  it('a caller who promised to refresh and does not is hung up on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { placed, call, ends } = await callUp({ headers: [['Session-Expires', '90'], ['Supported', 'timer']] });
    const answer = await placed.final();
    expect(headerOf(answer, 'session-expires')).toBe('90;refresher=uac');
    vi.advanceTimersByTime(59_000);
    expect(ends.all).toEqual([]);
    expect((await placed.inside('UPDATE', { headers: [['Session-Expires', '90'], ['Supported', 'timer']] })).status).toBe(200);
    vi.advanceTimersByTime(59_000);
    expect(ends.all).toEqual([]);
    vi.advanceTimersByTime(2000);
    expect(ends.all).toEqual(['session-expired']);
    await placed.hungUp.within();
    expect(call.callId).toBe(placed.callId);
  });

  it('an interval too short for us is refused with ours', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    const answer = await phone.call(TARGET, { headers: [['Session-Expires', '30'], ['Supported', 'timer']] }).final();
    expect(answer.status).toBe(422);
    expect(headerOf(answer, 'min-se')).toBe('90');
  });
});

function raise(): never {
  throw new Error('no answer');
}
