import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort, headerOf, headersOf, type HeaderLine, type SipPhone, type SipRequest } from '@sfs/testing';
import { ADAPTER_TOKEN, DOMAIN, ProxyUnderTest } from './proxy-under-test.ts';
import { adapterReplica, aPlan, type Answer, type ScriptedReplica } from './scripted-replica.ts';

const ours = (number: string): string => `sip:${number}@${DOMAIN}`;
const summary: readonly HeaderLine[] = [['Event', 'message-summary'], ['Subscription-State', 'active'], ['Content-Type', 'application/simple-message-summary']];
const lit = 'Messages-Waiting: yes\r\nVoice-Message: 1/0 (0/0)\r\n';

describe('a proxy with voicemail', () => {
  let proxy: ProxyUnderTest;
  let replica: ScriptedReplica;
  let answer: Answer;
  let voicemailPort: number;
  let voicemail: SipPhone;

  beforeAll(async () => {
    voicemailPort = await freePort();
    proxy = await ProxyUnderTest.start('evapi', { voicemail: [`127.0.0.1:${voicemailPort}`] });
    replica = adapterReplica({ name: 'A', port: proxy.values.evapiPort, token: ADAPTER_TOKEN, decide: () => answer });
    await proxy.untilReplicas(1);
  });
  beforeEach(async () => {
    voicemail = await proxy.open({ user: 'voicemail', password: undefined, port: voicemailPort });
  });
  afterEach(() => proxy.closePhones());
  afterAll(async () => {
    await replica.close();
    await proxy.stop();
  });

  const arriving = (phone: SipPhone, method: string): Promise<SipRequest> => phone.requests.next(`${method} at ${phone.user}`, 5000, (each) => each.method === method);
  const notify = (from: SipPhone, number: string, headers = summary): Promise<number> =>
    from.request('NOTIFY', { uri: ours(number), headers, body: lit }).then(({ status }) => status);

  describe('the lamp', () => {
    it('reaches every phone of the number, subscribed or not', async () => {
      const phones = [await proxy.phone('1001'), await proxy.phone('1001', { transport: 'tcp' })];
      expect(await notify(voicemail, '1001')).toBe(200);
      for (const phone of phones) expect((await arriving(phone, 'NOTIFY')).body).toBe(lit);
    });

    it('has nobody to light it for: 480', async () => expect(await notify(voicemail, '1099')).toBe(480));

    it('is lit by voicemail only', async () => {
      const phone = await proxy.phone('1001');
      const trunk = await proxy.trunk();
      expect(await notify(await proxy.phone('1002'), '1001')).toBe(403);
      expect(await notify(trunk, '1001')).toBe(403);
      expect(await notify(await proxy.open({ user: 'voicemail', password: undefined }), '1001')).toBe(403);
      expect(phone.requests.all).toEqual([]);
    });

    it.each(['check-sync', 'resync', 'presence', 'message-summary-x'])('is all that voicemail may send: %s', async (event) => {
      await proxy.phone('1001');
      expect(await notify(voicemail, '1001', [['Event', event]])).toBe(403);
    });
  });

  describe('a subscription', () => {
    it('needs the password', async () => {
      const stranger = await proxy.open({ user: '1001', password: undefined });
      const { response } = await stranger.subscribe();
      expect(response.status).toBe(407);
      expect(headerOf(response, 'proxy-authenticate')).toContain(`realm="${DOMAIN}"`);
    });

    it.each([
      ["another's lamp", { uri: ours('1002') }, 403],
      ["another's lamp in To alone", { headers: [['To', `<${ours('1002')}>`]] as const }, 403],
      ['no number', { uri: `sip:${DOMAIN}` }, 403],
      ['another event', { event: 'dialog' }, 489],
      ['an event that only begins so', { event: 'message-summary-x' }, 489],
    ])('is refused for %s', async (_what, parts, code) => {
      await proxy.allow('1001');
      const phone = await proxy.open({ user: '1001' });
      expect((await phone.subscribe(parts)).response.status).toBe(code);
      expect(voicemail.requests.all.filter(({ method }) => method === 'SUBSCRIBE')).toEqual([]);
    });

    it('is voicemail’s, and stays on a route through the proxy both ways', async () => {
      const phone = await proxy.phone('1001');
      const subscription = await phone.subscribe({ event: 'message-summary;id=7' });
      expect(subscription.response.status).toBe(200);
      const asked = await arriving(voicemail, 'SUBSCRIBE');
      expect(asked.uri).toBe(ours('1001'));
      expect(headerOf(asked, 'proxy-authorization')).toBeUndefined();
      expect((await voicemail.send(inside(asked, headerOf(subscription.response, 'to') ?? ''))).status).toBe(200);
      const lamp = await arriving(phone, 'NOTIFY');
      expect(lamp.body).toBe(lit);
      expect(headersOf(lamp, 'record-route')).toHaveLength(1);
      expect((await subscription.refresh()).status).toBe(200);
      expect(headersOf(await arriving(voicemail, 'SUBSCRIBE'), 'record-route')).toHaveLength(1);
      expect((await subscription.refresh(0)).status).toBe(200);
    });

    it('needs the mark of its own route', async () => {
      const phone = await proxy.phone('1001');
      const subscription = await phone.subscribe();
      const asked = await arriving(voicemail, 'SUBSCRIBE');
      const unmarked = inside(asked, headerOf(subscription.response, 'to') ?? '', [`<sip:127.0.0.1:${proxy.values.sipPort};lr>`]);
      expect((await voicemail.send(unmarked)).status).toBe(403);
      expect(phone.requests.all).toEqual([]);
    });
  });

  describe('voicemail is told of', () => {
    // a number of its own for each: what is told of the end of a phone may come after the test that ended it
    const concerns = (number: string) => (request: SipRequest): boolean => request.method === 'REGISTER' && headerOf(request, 'to') === `<${ours(number)}>`;
    const told = async (number: string): Promise<number> => Number(headerOf(await voicemail.requests.next(`REGISTER for ${number}`, 5000, concerns(number)), 'expires'));
    const allOf = (number: string): number => voicemail.requests.all.filter(concerns(number)).length;

    it('a phone that comes, is restarted, and goes; not of a refresh', async () => {
      await proxy.allow('1011');
      const phone = await proxy.open({ user: '1011' });
      await phone.register();
      expect(await told('1011')).toBe(3600);
      await phone.register();
      expect((await phone.request('REGISTER', { uri: `sip:${DOMAIN}`, to: `<${ours('1011')}>`, headers: [['Expires', '300']] })).status).toBe(200);
      expect(await told('1011')).toBe(3600);
      await phone.register({ contact: '*', expires: 0 });
      expect(await told('1011')).toBe(0);
      // arrivals keep their order: a refresh that was told would have come before the restart
      expect(allOf('1011')).toBe(3);
    });

    it('the end of the last phone of a number, not of each', async () => {
      const first = await proxy.phone('1012');
      const second = await proxy.phone('1012');
      expect([await told('1012'), await told('1012')]).toEqual([3600, 3600]);
      await second.unregister();
      await first.unregister();
      expect(await told('1012')).toBe(0);
      expect(allOf('1012')).toBe(3);
    });

    it('nothing by a phone with a wrong password', async () => {
      await proxy.allow('1013');
      const thief = await proxy.open({ user: '1013', password: 'guess' });
      expect((await thief.register()).status).toBe(401);
      await proxy.phone('1014');
      await told('1014');
      expect(allOf('1013')).toBe(0);
    });

    it('a registration, which succeeds while voicemail is away', async () => {
      await voicemail.close();
      await proxy.phone('1001');
    });
  });

  describe('a call to voicemail', () => {
    const target = (kind: string): string => `sip:${kind}@127.0.0.1:${voicemailPort};sfs-tenant=default;sfs-mailbox=1002;sfs-reason=no-answer`;

    it('arrives with the parameters of the plan, after who did not answer', async () => {
      answer = aPlan([
        { ring: [ours('1002')], timeout: 1, noAnswer: 1 },
        { ring: [target('deposit')], timeout: 10, diversion: `<${ours('1002')}>;reason=no-answer;counter=1` },
      ]);
      const rung = await proxy.phone('1002', { behaviour: 'ring' });
      const call = (await proxy.phone('1001')).call('1002');
      await call.answered(8000);
      const taken = await voicemail.nextCall();
      expect(taken.invite.uri).toBe(target('deposit'));
      expect(taken.header('Diversion')).toContain(ours('1002'));
      await (await rung.nextCall()).cancelled.within();
      expect((await call.hangUp()).status).toBe(200);
      await taken.hungUp.within();
    });

    it('goes to the next one when the first is away', async () => {
      answer = aPlan([
        { ring: [`sip:deposit@127.0.0.1:${proxy.trunkPorts[1]};sfs-mailbox=1002`], timeout: 10, unreachable: 1 },
        { ring: [target('deposit')], timeout: 10 },
      ]);
      const call = (await proxy.phone('1001')).call('1002');
      await call.answered(6000);
      expect((await voicemail.nextCall()).invite.uri).toBe(target('deposit'));
      await call.hangUp();
    });

    it('is cancelled while voicemail has not answered', async () => {
      answer = aPlan([{ ring: [target('deposit')], timeout: 10 }]);
      voicemail.behaviour = 'ring';
      const call = (await proxy.phone('1001')).call('1002');
      const taken = await voicemail.nextCall();
      await call.ringing();
      await call.cancel();
      expect((await call.final()).status).toBe(487);
      await taken.cancelled.within();
    });

    it('is hung up by voicemail', async () => {
      answer = aPlan([{ ring: [target('access')], timeout: 10 }]);
      const call = (await proxy.phone('1001')).call('5555');
      await call.answered();
      expect((await (await voicemail.nextCall()).hangUp()).status).toBe(200);
      await call.hungUp.within();
    });

    it('is not placed by a phone that names voicemail, in its request or as its Contact', async () => {
      answer = aPlan([{ ring: [ours('1003')], timeout: 5 }]);
      const phone = await proxy.phone('1001');
      expect((await phone.call(target('access')).final()).status).toBe(403);
      await proxy.allow('1003');
      const cheat = await proxy.open({ user: '1003' });
      expect((await cheat.register({ contact: `<${target('access')}>` })).status).toBe(200);
      await phone.call('1003').answered();
      await cheat.nextCall();
      expect(voicemail.calls.all).toEqual([]);
      await cheat.register({ contact: '*', expires: 0 });
    });
  });

  it('voicemail places no calls', async () => {
    await proxy.phone('1001');
    expect((await voicemail.call('1001').final()).status).toBe(403);
  });
});

/** A NOTIFY in the dialog that a SUBSCRIBE has made. */
function inside(subscribe: SipRequest, answeredTo: string, routes = headersOf(subscribe, 'record-route')): SipRequest {
  const target = /<([^>]+)>/.exec(headerOf(subscribe, 'contact') ?? '')?.[1] ?? '';
  const headers: HeaderLine[] = [
    ['Via', ''],
    ['Max-Forwards', '70'],
    ...routes.map((route): HeaderLine => ['Route', route]),
    ['From', answeredTo],
    ['To', headerOf(subscribe, 'from') ?? ''],
    ['Call-ID', headerOf(subscribe, 'call-id') ?? ''],
    ['CSeq', '1 NOTIFY'],
    ['Contact', headerOf(subscribe, 'contact') ?? ''],
    ...summary,
  ];
  return { kind: 'request', method: 'NOTIFY', uri: target, headers, body: lit };
}
