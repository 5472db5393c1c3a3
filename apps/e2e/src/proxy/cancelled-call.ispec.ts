import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ADAPTER_TOKEN, DOMAIN, ProxyUnderTest } from './proxy-under-test.ts';
import { adapterReplica, aPlan, type Answer, type ScriptedReplica } from './scripted-replica.ts';

const ours = (number: string): string => `sip:${number}@${DOMAIN}`;

describe('CANCEL ends a call properly', () => {
  let proxy: ProxyUnderTest;
  let replica: ScriptedReplica;
  let answer: Answer;

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start('evapi', { waits: { planMs: 2000 } });
    replica = adapterReplica({ name: 'A', port: proxy.values.evapiPort, token: ADAPTER_TOKEN, decide: () => answer });
    await proxy.untilReplicas(1);
  });
  afterEach(() => proxy.closePhones());
  afterAll(async () => {
    await replica.close();
    await proxy.stop();
  });

  it('while the answer is awaited, although a plan comes later', async () => {
    answer = { ...aPlan([{ ring: [ours('1002')], timeout: 5 }]), afterMs: 600 };
    const callee = await proxy.phone('1002');
    const call = (await proxy.phone('1001')).call('1002');
    await replica.questions.next('the question');
    expect((await call.cancel()).status).toBe(200);
    expect((await call.final(400)).status).toBe(487);
    await proxy.untilNothingIsLeft();
    expect(callee.calls.all).toEqual([]);
  });

  it('while the answer is awaited that never comes', async () => {
    answer = 'never';
    const callee = await proxy.phone('1002');
    const call = (await proxy.phone('1001')).call('1002');
    await replica.questions.next('the question');
    const { fallbacks } = await proxy.status();
    await call.cancel();
    expect((await call.final()).status).toBe(487);
    expect(callee.calls.all).toEqual([]);
    expect((await proxy.status()).fallbacks).toBe(fallbacks);
  });

  it('while phones ring: each of them stops', async () => {
    answer = aPlan([{ ring: [ours('1002'), ours('1003')], timeout: 5, noAnswer: 1, reject: 1, unreachable: 1 }, { ring: [ours('1004')], timeout: 5 }]);
    const first = await proxy.phone('1002', { behaviour: 'ring' });
    const second = await proxy.phone('1003', { behaviour: 'ring' });
    const third = await proxy.phone('1004');
    const call = (await proxy.phone('1001')).call('1002');
    const rung = [await first.nextCall(), await second.nextCall()];
    await call.ringing();
    await call.cancel();
    expect((await call.final()).status).toBe(487);
    for (const each of rung) await each.cancelled.within();
    expect(third.calls.all).toEqual([]);
  });

  it('while the second step rings', async () => {
    answer = aPlan([{ ring: [ours('1002')], timeout: 5, busy: 1 }, { ring: [ours('1003')], timeout: 5 }]);
    await proxy.phone('1002', { behaviour: { status: 486 } });
    const second = await proxy.phone('1003', { behaviour: 'ring' });
    const call = (await proxy.phone('1001')).call('1002');
    const rung = await second.nextCall();
    await call.cancel();
    expect((await call.final()).status).toBe(487);
    await rung.cancelled.within();
  });

  it('of a caller on a trunk', async () => {
    answer = aPlan([{ ring: [ours('1002')], timeout: 5 }]);
    const callee = await proxy.phone('1002', { behaviour: 'ring' });
    const call = (await proxy.trunk()).call(ours('1002'));
    const rung = await callee.nextCall();
    await call.cancel();
    expect((await call.final()).status).toBe(487);
    await rung.cancelled.within();
  });
});
