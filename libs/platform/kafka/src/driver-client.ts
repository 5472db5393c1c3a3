import { Kafka, logLevel, type logCreator } from 'kafkajs';
import type { Logger } from 'pino';
import './idle-queue.ts';

/** Few and short: whoever calls decides whether to try again, so that no queue of retries builds up while the broker is away. */
const RETRY = { retries: 1, initialRetryTime: 50, maxRetryTime: 200 } as const;

export function createDriverClient(brokers: readonly string[], log: Logger): Kafka {
  return new Kafka({
    clientId: 'sfs',
    brokers: [...brokers],
    connectionTimeout: 1_500,
    requestTimeout: 5_000,
    enforceRequestTimeout: true,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator: quietly(log),
  });
}

/** The driver logs each failed attempt as an error with a stack; what matters is logged by our own loop. */
function quietly(log: Logger): logCreator {
  return () => ({ namespace, log: { message, error } }) => {
    log.debug({ namespace, error: typeof error === 'string' ? error : undefined }, `kafka driver: ${message}`);
  };
}

/** disconnect() of the driver waits for a broker that may be gone. */
export async function withLimit(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
}
