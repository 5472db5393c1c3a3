import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ADAPTER_TOKEN, ProxyUnderTest } from './proxy-under-test.ts';
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
});
