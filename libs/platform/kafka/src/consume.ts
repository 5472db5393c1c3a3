import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka } from 'kafkajs';
import type { Delivery } from './deliver.ts';
import { createDriverClient, withLimit } from './driver-client.ts';
import type { FollowOptions } from './follow.ts';

/** One life of a consumer, from connecting to the first trouble. */
export interface Consumption {
  /** resolves with the cause */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

const CLOSE_MS = 3_000;

/** Resolves when the consumer has joined and its positions are set; rejects when it cannot connect. The driver's own restarts are off: our loop begins anew. */
export async function consume(options: FollowOptions, deliver: (delivery: Delivery) => Promise<void>): Promise<Consumption> {
  const kafka = createDriverClient(options.brokers, options.log);
  const alone = options.mode === 'every-replica';
  // Positions first: what is published from here on must arrive, also if it is published while the group forms.
  const positions = alone ? await endOffsets(kafka, options) : [];
  const consumer = kafka.consumer({
    groupId: alone ? `${options.prefix}${options.group}.${randomUUID()}` : `${options.prefix}${options.group}`,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 500,
    sessionTimeout: 10_000,
    heartbeatInterval: 1_000,
    retry: { retries: 1, initialRetryTime: 50, maxRetryTime: 200, restartOnFailure: () => Promise.resolve(false) },
  });
  const ended = troubleOf(consumer, alone);
  const close = (): Promise<void> => withLimit(consumer.disconnect(), CLOSE_MS);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: options.topics.map((topic) => options.prefix + topic), fromBeginning: !alone });
    await consumer.run({
      autoCommit: !alone,
      eachMessage: async ({ topic, partition, message }) => {
        if (message.value === null) return;
        await deliver({ topic: topic.slice(options.prefix.length), partition, offset: message.offset, key: message.key?.toString() ?? '', value: message.value });
      },
    });
    for (const position of positions) consumer.seek(position);
  } catch (error) {
    await close();
    throw error;
  }
  return { ended, close };
}

async function endOffsets(kafka: Kafka, { prefix, topics }: FollowOptions): Promise<Position[]> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const offsets = await Promise.all(topics.map(async (topic) => ({ topic: prefix + topic, ends: await admin.fetchTopicOffsets(prefix + topic) })));
    return offsets.flatMap(({ topic, ends }) => ends.map(({ partition, offset }) => ({ topic, partition, offset })));
  } finally {
    await withLimit(admin.disconnect(), CLOSE_MS);
  }
}

/** A consumer of its own that has to join a second time has lost its positions: begin anew, and let the caller reload. */
function troubleOf(consumer: Consumer, alone: boolean): Promise<string> {
  return new Promise((resolve) => {
    let joins = 0;
    consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error.message));
    consumer.on(consumer.events.STOP, () => resolve('stopped'));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      joins += 1;
      if (alone && joins > 1) resolve('joined again');
    });
  });
}
