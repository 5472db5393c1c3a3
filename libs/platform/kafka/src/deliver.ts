import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@sfs/kernel';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import type { Publisher } from './publisher.ts';
import { DEAD_LETTERS } from './topics.ts';

/** Below the driver's session timeout, so that a slow handler does not cost the group membership. */
const WAITS_MS = [50, 200, 800];

export interface Delivery {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly value: Uint8Array;
}

export interface DeliverOptions {
  readonly handle: (topic: string, key: string, value: Uint8Array) => Promise<void>;
  readonly deadLetters: Publisher;
  readonly group: string;
  readonly log: Logger;
  readonly metrics?: Registry | undefined;
}

/** Handles a message: tried again a few times unless the message itself is bad, then a dead letter. Rejects only when the dead letter cannot be stored either. */
export function createDelivery({ handle, deadLetters, group, log, metrics }: DeliverOptions): (delivery: Delivery) => Promise<void> {
  const counter = metrics === undefined ? undefined : deadLetterCounter(metrics);
  return async ({ topic, partition, offset, key, value }) => {
    const failure = await attempt(() => handle(topic, key, value));
    if (failure === undefined) return;
    counter?.inc({ topic });
    log.error({ topic, partition, offset, key, err: failure }, 'message could not be handled, kept as a dead letter');
    await deadLetters.publish(DEAD_LETTERS, [{ key, value, headers: { topic, partition: String(partition), offset, group, error: failure.message } }]);
  };
}

async function attempt(work: () => Promise<void>): Promise<Error | undefined> {
  for (const wait of [...WAITS_MS, undefined]) {
    try {
      await work();
      return undefined;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      if (wait === undefined || isBadMessage(failure)) return failure;
      await pause(wait);
    }
  }
  return undefined;
}

function isBadMessage(failure: Error): boolean {
  return (failure instanceof DomainError && failure.kind === 'invalid') || failure instanceof SyntaxError || failure instanceof RangeError;
}

function deadLetterCounter(metrics: Registry): Counter {
  const name = 'sfs_kafka_dead_letters_total';
  const existing = metrics.getSingleMetric(name);
  return existing instanceof Counter ? existing : new Counter({ name, help: 'Messages that no handler could take', labelNames: ['topic'], registers: [metrics] });
}
