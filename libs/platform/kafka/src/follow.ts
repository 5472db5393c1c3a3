import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { consume, type Consumption } from './consume.ts';
import { createDelivery } from './deliver.ts';
import { createPublisher } from './publisher.ts';

export interface FollowOptions {
  readonly brokers: readonly string[];
  readonly prefix: string;
  readonly topics: readonly string[];
  /** every-replica: each process sees every message from when it connected (caches). one-of-group: each message once per group (work). */
  readonly mode: 'every-replica' | 'one-of-group';
  readonly group: string;
  /** Idempotent: messages come twice and out of order. DomainError `invalid` (or a decoding error) is not tried again. */
  readonly handle: (topic: string, key: string, value: Uint8Array) => Promise<void>;
  /** Positions are known: what is published from now on arrives. Load the state now; called again after each reconnect. */
  readonly onConnected: () => void;
  readonly log: Logger;
  readonly metrics?: Registry;
}

export interface Following {
  readonly connected: boolean;
  close(): Promise<void>;
}

const RETRY_MS = 500;

/** Follows topics for as long as the process lives, through broker restarts. Connects in the background; never throws. */
export function follow(options: FollowOptions): Following {
  const deadLetters = createPublisher(options);
  const deliver = createDelivery({ ...options, deadLetters });
  const stop = new AbortController();
  let current: Consumption | undefined;
  let warned = false;

  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        current = await consume(options, deliver);
        if (stop.signal.aborted) break;
        warned = false;
        options.log.info({ topics: options.topics, mode: options.mode }, 'following kafka');
        options.onConnected();
        const cause = await Promise.race([current.ended, aborted(stop.signal)]);
        if (!stop.signal.aborted) options.log.warn({ cause }, 'kafka lost, connecting again');
      } catch (error) {
        if (!warned) options.log.warn({ cause: error instanceof Error ? error.message : String(error) }, 'kafka cannot be reached, trying again');
        warned = true;
      }
      await leave();
      await pause(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
    await leave();
  };
  const leave = async (): Promise<void> => {
    const consumption = current;
    current = undefined;
    await consumption?.close();
  };

  const running = loop();
  return {
    get connected() {
      return current !== undefined;
    },
    async close() {
      stop.abort();
      await running;
      await deadLetters.close();
    },
  };
}

function aborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('closed'), { once: true }));
}
