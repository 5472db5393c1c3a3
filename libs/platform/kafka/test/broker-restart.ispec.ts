import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DomainError } from '@sfs/kernel';
import pino from 'pino';
import { findFreePorts } from '../../../../tools/stack/free-ports.ts';
import { kafkaPart } from '../../../../tools/stack/parts/kafka.ts';
import type { Part } from '../../../../tools/stack/part.ts';
import { Supervisor } from '../../../../tools/stack/supervisor.ts';
import { dropData, testFolder } from '../../../../tools/stack/test-folders.ts';
import { follow, type Following } from '../src/follow.ts';
import { createPublisher, type Publisher } from '../src/publisher.ts';
import { ensureTopics } from '../src/topics.ts';
import { until } from './until.ts';

const log = pino({ level: 'silent' });
const topic = 'sfs.test.restart.v1';

let folder: string;
let supervisor: Supervisor;
let kafka: Part;
let publisher: Publisher;
let following: Following;
let connections = 0;
const received: string[] = [];

beforeAll(async () => {
  folder = await testFolder('kafka-restart');
  const [port = 0, controllerPort = 0] = await findFreePorts(2);
  supervisor = new Supervisor({ owner: folder, logDir: `${folder}/logs`, onDeath: () => undefined });
  kafka = kafkaPart({ dataDir: `${folder}/kafka`, port, controllerPort });
  const to = { brokers: [`127.0.0.1:${port}`], prefix: '', log };
  publisher = createPublisher({ ...to, limitMs: 1_000 });
  // Both begin before the broker: a service starts without it.
  following = follow({
    ...to,
    topics: [topic],
    mode: 'every-replica',
    group: 'restart',
    handle: async (_, key) => void received.push(key),
    onConnected: () => void (connections += 1),
  });
  expect(await refusal('too early')).toMatchObject({ kind: 'unavailable', code: 'kafka/away' });
  await supervisor.start(kafka);
  await ensureTopics({ ...to, topics: [topic] });
});

afterAll(async () => {
  await following.close();
  await publisher.close();
  await supervisor.stopAll();
  dropData(folder);
});

const send = (key: string): Promise<void> => publisher.publish(topic, [{ key, value: Buffer.from('x') }]);
const refusal = (key: string): Promise<DomainError> => send(key).then(() => Promise.reject(new Error('was sent')), (error: DomainError) => error);
const isSent = (key: string): Promise<boolean> => send(key).then(() => true, () => false);

test('publisher and follower live through a broker that stops, dies and comes back', async () => {
  await until(() => connections === 1 && following.connected, 'the first connection');
  await until(() => isSent('first'), 'the first message to be sent');
  await until(() => received.includes('first'), 'the first message');

  for (const [turn, signal] of (['SIGTERM', 'SIGKILL'] as const).entries()) {
    await supervisor.signal('kafka', signal);
    await until(() => !following.connected, 'the follower to notice');
    const begun = performance.now();
    expect(await refusal('lost')).toMatchObject({ kind: 'unavailable' });
    expect(performance.now() - begun).toBeLessThan(1_500);
    await supervisor.start(kafka);
    await until(() => connections === turn + 2, 'the follower to connect again');
    await until(() => isSent(`after ${signal}`), 'publishing again');
    await until(() => received.includes(`after ${signal}`), 'messages again');
  }
}, 180_000);

test('a broker that hangs costs a publisher its limit, not more', async () => {
  await until(() => isSent('before'), 'publishing');
  await supervisor.signal('kafka', 'SIGSTOP');
  // the signal takes a moment to reach every thread of the broker: until then messages are taken
  let tookMs = 0;
  const isRefused = async (): Promise<boolean> => {
    const begun = performance.now();
    const sent = await isSent('hung');
    tookMs = performance.now() - begun;
    return !sent;
  };
  await until(isRefused, 'a publish to be refused');
  expect(tookMs).toBeLessThan(2_000);
  expect(await refusal('hung still')).toMatchObject({ kind: 'unavailable' });
  await supervisor.signal('kafka', 'SIGCONT');
  await until(() => isSent('afterwards'), 'publishing again');
  await until(() => received.includes('afterwards'), 'messages again');
});
