// From the answer to a save over REST to the first decision with it at both replicas. Floor in the same run: a bare message through the same Kafka.
import { createPublisher, ensureTopics, follow } from '@sfs/kafka';
import type { CallSettingsView } from '@sfs/rest-contract';
import { pino } from 'pino';
import { setTimeout as delay } from 'node:timers/promises';
import { startStack, type TestStack } from '../stack/e2e-stack.ts';
import type { RestClient } from '../stack/rest-client.ts';
import { median, printTable, round, writeResult } from './report.ts';

const ROUNDS = 6;
const SAVES = 25;
const TOPIC = 'bench.change-to-effect.v1';

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function untilRings(door: string, number: string): Promise<void> {
  const body = JSON.stringify({ callId: `bench-${number}`, from: '1001', to: '1002', origin: 'internal' });
  for (;;) {
    const response = await fetch(door, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const text = await response.text();
    if (text.includes(`sip:${number}@`)) return;
    await delay(1);
  }
}

/** Forward All of 1002 in turn to numbers outside; ms from each answer until both replicas decide with it. */
async function saves(stack: TestStack, admin: RestClient, path: string): Promise<number[]> {
  const times: number[] = [];
  for (let save = 0; save < SAVES; save += 1) {
    const number = `04930555${String(save).padStart(4, '0')}`;
    const { body } = await admin.get<CallSettingsView>(path);
    const settings = { forwardAll: { kind: 'number', number } };
    if (body.meta.tag === '') await admin.createByPut(path, settings);
    else await admin.replace(path, settings, body.meta.tag);
    const answered = performance.now();
    await Promise.all([stack.urls.dialPlan.A, stack.urls.dialPlan.B].map((door) => untilRings(door, number.slice(1))));
    times.push(performance.now() - answered);
  }
  return times;
}

/** The same number of bare messages: ms from the broker's acknowledgement until a consumer has each. */
async function floorOf(brokers: readonly string[]): Promise<() => Promise<number[]>> {
  const log = pino({ level: 'silent' });
  await ensureTopics({ brokers, prefix: '', topics: [TOPIC] });
  const publisher = createPublisher({ brokers, prefix: '', log });
  let arrived = (): void => undefined;
  await new Promise<void>((resolve) => follow({ brokers, prefix: '', topics: [TOPIC], mode: 'every-replica', group: 'bench', handle: async () => arrived(), onConnected: resolve, log }));
  return async () => {
    const times: number[] = [];
    for (let index = 0; index < SAVES; index += 1) {
      let at = 0;
      const received = new Promise<void>((resolve) => (arrived = () => ((at = performance.now()), resolve())));
      await publisher.publish(TOPIC, [{ key: String(index), value: Buffer.alloc(400, 1) }]);
      const acknowledged = performance.now();
      await received;
      times.push(Math.max(0, at - acknowledged));
    }
    return times;
  };
}

const stack = await startStack();
try {
  const admin = await stack.administrator();
  const { body } = await admin.get<{ userId: string }>('/switches/site-a/numbers/1002');
  const path = `/users/${body.userId}/call-settings`;
  const floor = await floorOf([stack.kafka.brokers]);
  await saves(stack, admin, path);
  await floor();
  const rounds: { ours: number[]; floor: number[] }[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    rounds.push({ ours: (await saves(stack, admin, path)).sort((a, b) => a - b), floor: (await floor()).sort((a, b) => a - b) });
    console.log(`round ${index + 1} of ${ROUNDS}`);
  }
  const ours = rounds.flatMap((one) => one.ours).sort((a, b) => a - b);
  const bare = rounds.flatMap((one) => one.floor).sort((a, b) => a - b);
  printTable(
    ['ms', 'p50', 'p99', 'max'],
    [
      ['change to effect at both replicas', ...[0.5, 0.99, 1].map((share) => round(at(ours, share), 1))],
      ['a bare message through the same Kafka', ...[0.5, 0.99, 1].map((share) => round(at(bare, share), 1))],
    ],
  );
  const result = {
    work: `from the answer to a save over REST to the first decision with it at both replicas, ${ours.length} saves`,
    unit: 'ms, p50',
    ours: round(median(ours), 1),
    reference: round(median(bare), 2),
    referenceName: 'a bare message through the same Kafka, from its acknowledgement to its consumer',
    ratio: round(median(ours) / Math.max(0.1, median(bare))),
    rounds: rounds.map((one) => ({ p50: round(at(one.ours, 0.5), 1), p99: round(at(one.ours, 0.99), 1), floorP50: round(at(one.floor, 0.5), 2) })),
    more: { p99: round(at(ours, 0.99), 1), max: round(at(ours, 1), 1), goalMs: 2000 },
  };
  console.log(`p50 ${result.ours} ms, p99 ${result.more.p99} ms; goal under 2,000 ms. ${writeResult('change-to-effect', result)}`);
} finally {
  await stack.close();
}
process.exit(0);
