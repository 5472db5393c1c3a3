import { DomainError } from '@sfs/kernel';
import { Partitioners, type Producer } from 'kafkajs';
import type { Logger } from 'pino';
import { createDriverClient, withLimit } from './driver-client.ts';

export interface Message {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Publisher {
  /** Acknowledged by all in-sync replicas, or DomainError `unavailable` within the limit. Does not try again by itself; creates no topic. */
  publish(topic: string, messages: readonly Message[]): Promise<void>;
  readonly connected: boolean;
  close(): Promise<void>;
}

export interface PublisherOptions {
  readonly brokers: readonly string[];
  readonly prefix: string;
  readonly log: Logger;
  /** the longest a publish waits; default 3 s */
  readonly limitMs?: number;
}

/** After a failed attempt publishes fail at once for this long: a thousand waiting callers must not become a thousand connections. */
const PAUSE_MS = 250;

export function createPublisher(options: PublisherOptions): Publisher {
  return new KafkaPublisher(options);
}

class KafkaPublisher implements Publisher {
  readonly #options: PublisherOptions;
  readonly #limitMs: number;
  #producer: Promise<Producer> | undefined;
  #connected = false;
  #pausedUntil = 0;
  #closed = false;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#limitMs = options.limitMs ?? 3_000;
  }

  get connected(): boolean {
    return this.#connected;
  }

  async publish(topic: string, messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return;
    if (this.#closed || performance.now() < this.#pausedUntil) throw away('not connected');
    const connecting = (this.#producer ??= this.#connect());
    try {
      await this.#bounded(this.#send(connecting, topic, messages));
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      if (!isTopicMissing(error)) this.#discard(connecting, cause);
      throw error instanceof DomainError ? error : away(cause);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#connected = false;
    const connecting = this.#producer;
    this.#producer = undefined;
    if (connecting !== undefined) await withLimit(disconnect(connecting), 2_000);
  }

  async #connect(): Promise<Producer> {
    const producer = createDriverClient(this.#options.brokers, this.#options.log).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    this.#connected = true;
    return producer;
  }

  async #send(connecting: Promise<Producer>, topic: string, messages: readonly Message[]): Promise<void> {
    const producer = await connecting;
    await producer.send({
      topic: this.#options.prefix + topic,
      acks: -1,
      timeout: this.#limitMs,
      messages: messages.map(({ key, value, headers }) => ({ key, value: Buffer.from(value), ...(headers === undefined ? {} : { headers }) })),
    });
  }

  async #bounded(work: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(away(`no answer within ${this.#limitMs} ms`)), this.#limitMs);
    });
    try {
      await Promise.race([work, limit]);
    } finally {
      clearTimeout(timer);
      work.catch(() => undefined);
    }
  }

  /** A producer that failed once is not trusted to find the broker again: the next publish begins with a fresh one. */
  #discard(connecting: Promise<Producer>, cause: string): void {
    if (this.#producer !== connecting) return;
    if (this.#connected) this.#options.log.warn({ cause }, 'kafka cannot be reached');
    this.#producer = undefined;
    this.#connected = false;
    this.#pausedUntil = performance.now() + PAUSE_MS;
    void withLimit(disconnect(connecting), 2_000);
  }
}

async function disconnect(connecting: Promise<Producer>): Promise<void> {
  const producer = await connecting;
  await producer.disconnect();
}

function isTopicMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // the driver wraps the broker's answer once its retries are used up
  return ('type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION') || isTopicMissing(error.cause);
}

function away(cause: string): DomainError {
  return new DomainError('unavailable', 'kafka/away', 'Kafka cannot be reached.', { remedy: 'Try again in a moment.', cause });
}
