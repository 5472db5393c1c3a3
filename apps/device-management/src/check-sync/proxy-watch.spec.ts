import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { FakeEndpoint } from './fake-parts.ts';
import { ProxyWatch } from './proxy-watch.ts';

let clock: FakeClock;
let endpoint: FakeEndpoint;
let watch: ProxyWatch;
beforeEach(() => {
  clock = new FakeClock();
  endpoint = new FakeEndpoint();
  watch = new ProxyWatch(endpoint, '127.0.0.1:5060', clock);
});
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('asks at once and then every 15 s; any answer is one', async () => {
  expect(watch.answers).toBeUndefined();
  watch.start();
  await settled();
  expect([watch.answers, endpoint.sent[0]?.method, endpoint.sent[0]?.uri]).toEqual([true, 'OPTIONS', 'sip:127.0.0.1:5060']);
  for (const [status, answers] of [[408, false], [403, true]] as const) {
    endpoint.status = status;
    clock.pass(15_000);
    await settled();
    expect(watch.answers).toBe(answers);
  }
});

it('asks no more once it is stopped, also when an answer is under way', async () => {
  watch.start();
  watch.stop();
  await settled();
  expect(clock.waits).toEqual([]);
});
