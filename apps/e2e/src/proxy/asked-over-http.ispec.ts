import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, headerOf } from '@sfs/testing';
import { DOMAIN, ProxyUnderTest } from './proxy-under-test.ts';
import { aPlan, httpReplica, type Answer, type ScriptedReplica } from './scripted-replica.ts';

const ours = (number: string): string => `sip:${number}@${DOMAIN}`;

describe('a call decided over the HTTP door', () => {
  let proxy: ProxyUnderTest;
  let first: ScriptedReplica;
  let second: ScriptedReplica;
  const plan: Answer = aPlan([{ ring: [ours('1002')], timeout: 5, busy: 1 }, { ring: [ours('1003')], timeout: 5 }]);

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start('http');
    const port = (index: number): number => Number(new URL(proxy.values.replicas[index]?.url ?? '').port);
    first = await httpReplica({ port: port(0), path: '/site-a', decide: () => plan });
    second = await httpReplica({ port: port(1), path: '/site-a', decide: () => plan });
  });
  beforeEach(async () => {
    for (const replica of [first, second]) {
      replica.healthy = true;
      replica.decide = () => plan;
    }
    await proxy.untilReplicas(2);
  });
  afterEach(() => proxy.closePhones());
  afterAll(async () => {
    await first.close();
    await second.close();
    await proxy.stop();
  });

  const asked = (): [number, number] => [first.questions.all.length, second.questions.all.length];

  it('asks the first replica, runs its plan, and the call ends at both sides', async () => {
    const [before, beforeSecond] = asked();
    await proxy.phone('1002', { behaviour: { status: 486 } });
    const callee = await proxy.phone('1003');
    const call = (await proxy.phone('1001')).call('1002');
    await call.answered();
    await callee.nextCall();
    expect((await call.hangUp()).status).toBe(200);
    expect(asked()).toEqual([before + 1, beforeSecond]);
    expect(first.questions.all.at(-1)).toEqual({ callId: call.callId, from: '1001', to: '1002', origin: 'internal' });
  });

  it.each([
    ['500', { code: 500 }],
    ['503', { code: 503 }],
    ['no answer within a second', 'never'],
  ] as const)('asks the second once when the first gives %s', async (_what, refusal) => {
    first.decide = () => refusal;
    const [before, beforeSecond] = asked();
    const callee = await proxy.phone('1002');
    await (await proxy.phone('1001')).call('1002').answered();
    await callee.nextCall();
    expect(asked()).toEqual([before + 1, beforeSecond + 1]);
  });

  it.each([400, 404, 501])('does not ask again after %i: the fall-back runs', async (code) => {
    first.decide = () => ({ code });
    const [before, beforeSecond] = asked();
    const callee = await proxy.phone('1002');
    await (await proxy.phone('1001')).call('1002').answered();
    await callee.nextCall();
    expect(asked()).toEqual([before + 1, beforeSecond]);
    expect((await proxy.status()).fallbacks).toBeGreaterThan(0);
  });

  it('does not ask a replica whose heartbeat fails', async () => {
    first.healthy = false;
    await proxy.untilReplicas(1);
    const [before, beforeSecond] = asked();
    await proxy.phone('1002');
    await (await proxy.phone('1001')).call('1002').answered();
    expect(asked()).toEqual([before, beforeSecond + 1]);
  });

  it('falls back when both heartbeats fail: emergency out, else 503 with Retry-After', async () => {
    first.healthy = false;
    second.healthy = false;
    await proxy.untilReplicas(0);
    const trunk = await proxy.trunk();
    const caller = await proxy.phone('1001');
    await caller.call('112').answered();
    await trunk.nextCall();
    const final = await caller.call('1099').final();
    expect([final.status, headerOf(final, 'Retry-After')]).toEqual([503, '5']);
  });

  it('CANCEL while the answer is awaited: 487, and nobody rings', async () => {
    first.decide = () => ({ ...aPlan([{ ring: [ours('1002')], timeout: 5 }]), afterMs: 500 });
    const callee = await proxy.phone('1002');
    const call = (await proxy.phone('1001')).call('1002');
    await call.trying();
    await call.cancel();
    expect((await call.final()).status).toBe(487);
    await eventually('the question being over', async () => ((await proxy.status()).replicas === 2 ? true : undefined));
    expect(callee.calls.all).toEqual([]);
  });
});
