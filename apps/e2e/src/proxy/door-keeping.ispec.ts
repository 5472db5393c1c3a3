import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { headerOf, type HeaderLine, type SipPhone } from '@sfs/testing';
import { ADAPTER_TOKEN, DOMAIN, ProxyUnderTest } from './proxy-under-test.ts';
import { adapterReplica, aPlan, type ScriptedReplica } from './scripted-replica.ts';

describe('who may do what at the proxy', () => {
  let proxy: ProxyUnderTest;
  let replica: ScriptedReplica;

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start();
    replica = adapterReplica({ name: 'A', port: proxy.values.evapiPort, token: ADAPTER_TOKEN, decide: ({ to }) => aPlan([{ ring: [`sip:${to}@${DOMAIN}`], timeout: 5 }]) });
    await proxy.untilReplicas(1);
    await proxy.allow('1001');
    await proxy.allow('1002');
  });
  afterEach(() => proxy.closePhones());
  afterAll(async () => {
    await replica.close();
    await proxy.stop();
  });

  const invite = async (phone: SipPhone, to: string, parts: { uri?: string; from?: string; headers?: readonly HeaderLine[] } = {}): Promise<number> => {
    const { status } = await phone.call(to, parts).final();
    return status;
  };

  describe('never reaches the plan', () => {
    const refused: [what: string, code: number, place: () => Promise<number>][] = [
      ['an INVITE without credentials', 407, async () => invite(await proxy.open({ user: '1001', password: undefined }), '1002')],
      ['an INVITE with a wrong password', 407, async () => invite(await proxy.open({ user: '1001', password: 'guess' }), '1002')],
      ['an INVITE of a user nobody knows', 407, async () => invite(await proxy.open({ user: '6666' }), '1002')],
      ["a From with another's number", 403, async () => invite(await proxy.open({ user: '1001' }), '1002', { from: `<sip:1002@${DOMAIN}>` })],
      ['a From with another domain', 403, async () => invite(await proxy.open({ user: '1001' }), '1002', { from: '<sip:1001@elsewhere.example>' })],
      ['a From without a number', 403, async () => invite(await proxy.open({ user: '1001' }), '1002', { from: `<sip:${DOMAIN}>` })],
      ['a request URI elsewhere', 403, async () => invite(await proxy.open({ user: '1001' }), 'sip:1002@elsewhere.example')],
      ['a request URI at our address but another port', 403, async () => invite(await proxy.open({ user: '1001' }), 'sip:1002@127.0.0.1:9')],
      ['a request URI elsewhere, from a trunk', 403, async () => invite(await proxy.trunk(), 'sip:1002@elsewhere.example')],
      ['a tel: URI', 403, async () => invite(await proxy.open({ user: '1001' }), 'tel:1002')],
      ['a preloaded route to elsewhere', 403, async () => invite(await proxy.open({ user: '1001' }), 'sip:1002@elsewhere.example', { headers: [['Route', `<sip:127.0.0.1:${proxy.values.sipPort};lr>`]] })],
      ['a request URI without a number', 484, async () => invite(await proxy.open({ user: '1001' }), `sip:${DOMAIN}`)],
      ['a number that is no ASCII', 484, async () => invite(await proxy.open({ user: '1001' }), 'sip:%D9%A1%D9%A2@site-a.example')],
      ['a number of 65 digits', 414, async () => invite(await proxy.open({ user: '1001' }), '1'.repeat(65))],
      ['a Call-ID of 257 characters', 400, async () => invite(await proxy.open({ user: '1001' }), '1002', { headers: [['Call-ID', 'c'.repeat(257)]] })],
      ['an INVITE that has been round too often', 483, async () => invite(await proxy.open({ user: '1001' }), '1002', { headers: [['Max-Forwards', '0']] })],
    ];
    it.each(refused)('%s: %i', async (_what, code, place) => {
      const before = replica.questions.all.length;
      expect(await place()).toBe(code);
      expect(replica.questions.all.length).toBe(before);
    });
  });

  describe('requests outside a call', () => {
    it.each([
      ['OPTIONS', 200],
      ['SUBSCRIBE', 489],
      ['NOTIFY', 403],
      ['MESSAGE', 405],
      ['PUBLISH', 405],
      ['REFER', 405],
      ['INFO', 405],
      ['UPDATE', 405],
      ['BYE', 405],
      ['NONSENSE', 405],
    ])('%s is answered %i', async (method, code) => {
      const phone = await proxy.open({ user: '1001' });
      const uri = method === 'OPTIONS' ? `sip:${DOMAIN}` : `sip:1002@${DOMAIN}`;
      expect((await phone.request(method, { uri, headers: [['Event', 'message-summary']] })).status).toBe(code);
    });

    it('REGISTER is challenged with the SIP domain as realm', async () => {
      const stranger = await proxy.open({ user: '1001', password: undefined });
      const response = await stranger.register();
      expect(response.status).toBe(401);
      expect(headerOf(response, 'www-authenticate')).toContain(`realm="${DOMAIN}"`);
    });

    it.each([
      ['a wrong password', { user: '1001', password: 'guess' }, 401],
      ["another's number", { user: '1002', authUser: '1001', password: 'pw-1001' }, 403],
      ['another domain', { user: '1001', domain: 'elsewhere.example' }, 403],
    ])('REGISTER with %s is refused', async (_what, options, code) => {
      const phone = await proxy.open(options);
      expect((await phone.register()).status).toBe(code);
    });

    it('REGISTER at the address instead of the domain is accepted', async () => {
      const phone = await proxy.open({ user: '1001', domain: '127.0.0.1' });
      expect((await phone.register()).status).toBe(200);
    });
  });

  it('credentials of one nonce do not open another target', async () => {
    const phone = await proxy.open({ user: '1001' });
    const call = phone.call('1002');
    await call.final();
    expect(call.statuses.slice(0, 1)).toEqual([407]);
    const replayed = await phone.send({ ...call.invite, uri: `sip:1003@${DOMAIN}`, headers: call.invite.headers.map(([name, value]) => [name, name === 'Call-ID' ? 'another' : value]) });
    expect(replayed.status).toBe(407);
  });

  it('requests inside a call need the mark of that very call', async () => {
    const caller = await proxy.phone('1001');
    await proxy.phone('1002');
    const call = caller.call('1002');
    await call.answered();
    const other = caller.call('1002');
    await other.answered();
    const foreignMark = other.dialog?.routes ?? [];
    expect((await call.inside('BYE', { routes: [] })).status).toBe(403);
    expect((await call.inside('BYE', { routes: foreignMark })).status).toBe(403);
    expect((await call.inside('INVITE', { routes: [`<sip:127.0.0.1:${proxy.values.sipPort};lr;k=0123>`] })).status).toBe(403);
    expect((await call.inside('INVITE')).status).toBe(200);
    expect((await call.hangUp()).status).toBe(200);
    expect((await other.hangUp()).status).toBe(200);
  });

  it('a preloaded route to a trunk is not followed', async () => {
    const trunk = await proxy.trunk();
    const caller = await proxy.phone('1001');
    const callee = await proxy.phone('1002');
    const call = caller.call('1002', { headers: [['Route', `<sip:127.0.0.1:${trunk.local.port};lr>`]] });
    await call.answered();
    await callee.nextCall();
    expect(trunk.requests.all).toEqual([]);
  });

  it('what only trunks may say is taken out of the INVITE of a phone', async () => {
    const caller = await proxy.phone('1001');
    const callee = await proxy.phone('1002');
    const claims: HeaderLine[] = ['P-Asserted-Identity', 'Remote-Party-ID', 'Diversion', 'History-Info'].map((name) => [name, `<sip:9000@${DOMAIN}>`]);
    await caller.call('1002', { headers: claims }).answered();
    const rung = await callee.nextCall();
    for (const [name] of claims) expect(rung.headers(name)).toEqual([]);
    expect(rung.headers('Proxy-Authorization')).toEqual([]);
    expect(replica.questions.all.at(-1)).not.toHaveProperty('diversions');
  });

  it('a Contact that names a trunk does not carry calls there', async () => {
    const trunk = await proxy.trunk(0, { address: '127.0.0.1' });
    await proxy.allow('1003');
    const cheat = await proxy.open({ user: '1003', address: '127.0.0.1' });
    // 127.0.0.2 stands for a trunk at another address than the phone's
    expect((await cheat.register({ contact: `<sip:0900@127.0.0.2:${trunk.local.port}>` })).status).toBe(200);
    const caller = await proxy.phone('1001');
    await caller.call('1003').answered();
    expect((await cheat.nextCall()).invite.uri).toContain('sip:0900@127.0.0.2');
  });
});
