import { randomUUID } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { follow, type Following, type FollowOptions } from '../src/follow.ts';
import { createPublisher, type Publisher } from '../src/publisher.ts';
import { DEAD_LETTERS, ensureTopics } from '../src/topics.ts';
import { until } from './until.ts';

const topic = 'sfs.test.thing.v1';
const log = pino({ level: 'silent' });

let to: { brokers: string[]; prefix: string; log: typeof log };
let publisher: Publisher;
const followers: Following[] = [];

beforeEach(async () => {
  to = { brokers: [inject('kafka').brokers], prefix: `t${randomUUID().slice(0, 8)}.`, log };
  await ensureTopics({ ...to, topics: [topic] });
  publisher = createPublisher(to);
});
afterEach(async () => {
  await Promise.all(followers.splice(0).map((following) => following.close()));
  await publisher.close();
});

const send = (...keys: string[]): Promise<void> => publisher.publish(topic, keys.map((key) => ({ key, value: Buffer.from(key) })));

async function start(options: Partial<FollowOptions> & Pick<FollowOptions, 'handle'>): Promise<void> {
  const following = follow({ ...to, topics: [topic], mode: 'every-replica', group: 'spec', onConnected: () => undefined, ...options });
  followers.push(following);
  await until(() => following.connected, 'a connection');
}

test('every replica gets each message from when it connected, and none from before', async () => {
  await send('old');
  const received: string[][] = [[], []];
  for (const keys of received) await start({ handle: async (_, key) => void keys.push(key) });
  await send('a', 'b');
  await until(() => received.every((keys) => keys.length === 2), 'both messages at both');
  expect(received).toEqual([['a', 'b'], ['a', 'b']]);
});

test('what is published in the moment of onConnected arrives', async () => {
  const received: string[] = [];
  let sent: Promise<void> | undefined;
  await start({ handle: async (_, key) => void received.push(key), onConnected: () => void (sent ??= send('at once')) });
  await until(() => received.includes('at once'), 'the message');
  await sent;
});

test('one of a group gets each message, also those from before it began', async () => {
  await send('old');
  const received: string[] = [];
  for (let member = 0; member < 2; member += 1) await start({ mode: 'one-of-group', handle: async (_, key) => void received.push(key) });
  await send('new');
  await until(() => received.includes('new') && received.includes('old'), 'both messages');
  expect(received.toSorted()).toEqual(['new', 'old']);
});

test('a handler that fails for a moment is tried again', async () => {
  const received: string[] = [];
  let failures = 2;
  await start({
    handle: async (_, key) => {
      if (failures-- > 0) throw new DomainError('unavailable', 'store/away', 'away');
      received.push(key);
    },
  });
  await send('a');
  await until(() => received.includes('a'), 'the message');
});

test('a message that nobody can take becomes a dead letter and holds up nothing', async () => {
  const received: string[] = [];
  const dead: string[] = [];
  const metrics = new Registry();
  await start({ topics: [DEAD_LETTERS], handle: async (_, key, value) => void dead.push(`${key}=${Buffer.from(value).toString()}`) });
  await start({
    metrics,
    handle: async (_, key) => {
      if (key === 'bad') throw new DomainError('invalid', 'test/undecodable', 'undecodable');
      received.push(key);
    },
  });
  await send('bad', 'good');
  await until(() => received.includes('good') && dead.length === 1, 'the good one and the dead letter');
  expect(dead).toEqual(['bad=bad']);
  expect(await metrics.metrics()).toContain('sfs_kafka_dead_letters_total{topic="sfs.test.thing.v1"} 1');
});

test('a topic that does not exist is refused, not created', async () => {
  await expect(publisher.publish('sfs.test.unknown.v1', [{ key: 'a', value: Buffer.from('x') }])).rejects.toMatchObject({ kind: 'unavailable' });
  await send('a');
});
