import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { headerOf } from '@sfs/testing';
import { ADAPTER_TOKEN, ProxyUnderTest } from './proxy-under-test.ts';
import { adapterReplica, type Answer, type ScriptedReplica } from './scripted-replica.ts';

describe('when no replica decides', () => {
  let proxy: ProxyUnderTest;
  let replicas: ScriptedReplica[];
  let answer: Answer = 'never';

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start('evapi', { waits: { planMs: 1500, emergencyPlanMs: 150 } });
    const start = (name: string): ScriptedReplica => adapterReplica({ name, port: proxy.values.evapiPort, token: ADAPTER_TOKEN, decide: () => answer });
    replicas = [start('A'), start('B')];
    await proxy.untilReplicas(2);
  });
  afterEach(() => proxy.closePhones());
  afterAll(() => proxy.stop());

  const cases = (withinMs: number): void => {
    it('an emergency number goes to the emergency trunk', async () => {
      const trunk = await proxy.trunk();
      const caller = await proxy.phone('1001');
      const started = performance.now();
      await caller.call('112').answered();
      expect(performance.now() - started).toBeLessThan(withinMs);
      expect((await trunk.nextCall()).invite.uri).toBe(`sip:112@127.0.0.1:${trunk.local.port}`);
    });

    it('an emergency number written with escapes does, too', async () => {
      const trunk = await proxy.trunk();
      await (await proxy.phone('1001')).call('11%32').answered();
      expect((await trunk.nextCall()).invite.uri).toBe(`sip:112@127.0.0.1:${trunk.local.port}`);
    });

    it('an extension rings if it is registered', async () => {
      const callee = await proxy.phone('1002');
      const call = (await proxy.phone('1001')).call('1002');
      await call.answered();
      await (await callee.nextCall()).hangUp();
      await call.hungUp.within();
    });

    it('a registered extension that is busy says so', async () => {
      await proxy.phone('1002', { behaviour: { status: 486 } });
      expect((await (await proxy.phone('1001')).call('1002').final()).status).toBe(486);
    });

    it.each(['1099', '0301234', 'nobody'])('anything else (%s) gets 503 with Retry-After', async (number) => {
      const { fallbacks } = await proxy.status();
      const final = await (await proxy.phone('1001')).call(number).final();
      expect([final.status, headerOf(final, 'Retry-After')]).toEqual([503, '5']);
      expect((await proxy.status()).fallbacks).toBe(fallbacks + 1);
    });
  };

  describe('because none answers', () => cases(1200));

  describe('because all refuse', () => {
    beforeAll(() => {
      answer = { code: 500 };
    });
    cases(1000);
  });

  describe('because their hearts have stopped', () => {
    beforeAll(async () => {
      for (const replica of replicas) replica.healthy = false;
      await proxy.untilReplicas(0);
    });
    cases(1000);
  });

  describe('because all are gone', () => {
    beforeAll(async () => {
      for (const replica of replicas) await replica.close();
      await proxy.untilReplicas(0);
    });
    cases(1000);
  });
});
