import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, runSipp } from '@sfs/testing';
import { ADAPTER_TOKEN, DOMAIN, ProxyUnderTest } from './proxy-under-test.ts';
import { adapterReplica, aPlan, type ScriptedReplica } from './scripted-replica.ts';

describe('a call decided over the adapter', () => {
  let proxy: ProxyUnderTest;
  let replica: ScriptedReplica;

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start();
    replica = adapterReplica({ name: 'A', port: proxy.values.evapiPort, token: ADAPTER_TOKEN, decide: ({ to }) => aPlan([{ ring: [`sip:${to}@site-a.example`], timeout: 5 }]) });
    await proxy.untilReplicas(1);
  });
  afterEach(() => proxy.closePhones());
  afterAll(async () => {
    await replica.close();
    await proxy.stop();
  });

  it('rings the phone the plan names, is answered, and ends at both sides', async () => {
    const caller = await proxy.phone('1001');
    const callee = await proxy.phone('1002');
    const call = caller.call('1002');
    await call.answered();
    const rung = await callee.nextCall();
    await rung.acknowledged.within();
    expect(call.statuses).toEqual([407, 100, 180, 200]);
    expect((await call.hangUp()).status).toBe(200);
    await rung.hungUp.within();
    const question = await replica.questions.next('the question');
    expect((await proxy.status()).fallbacks).toBe(0);
    expect(question).toMatchObject({ callId: call.callId, from: '1001', to: '1002', origin: 'internal' });
  });

  it.each(['127.0.0.1', 'with our port'])('a phone that is set up with the address (%s) instead of the domain calls, too', async (domain) => {
    const at = domain === '127.0.0.1' ? domain : `127.0.0.1:${proxy.values.sipPort}`;
    const caller = await proxy.phone('1001', { domain: at });
    const callee = await proxy.phone('1002', { domain: at });
    const call = caller.call('1002');
    await call.answered();
    expect((await callee.nextCall()).invite.uri).toBe(callee.contactUri);
    expect((await call.hangUp()).status).toBe(200);
  });

  it('many calls of many phones, placed by SIPp, are each decided', async () => {
    const phones = ['1011', '1012', '1013'].map((user) => ({ user, domain: DOMAIN, password: `pw-${user}` }));
    for (const { user } of phones) await proxy.allow(user);
    const callee = await proxy.phone('1002');
    const asked = replica.questions.all.length;
    const local = { host: '127.0.0.1', port: await freePort() };
    const result = await runSipp({ scenario: 'phone-places-calls-and-hangs-up', local, proxy: proxy.sip, number: '1002', callsPerSecond: 20, calls: 30, phones, limitMs: 40_000 });
    expect(result).toMatchObject({ succeeded: 30, failed: 0, errors: '' });
    expect(callee.calls.all).toHaveLength(30);
    const callers = replica.questions.all.slice(asked).map(({ from }) => from);
    expect(new Set(callers)).toEqual(new Set(['1011', '1012', '1013']));
  });
});
