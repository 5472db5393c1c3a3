import { kafkaOptions } from '@sfs/kafka';
import type { IncomingSubscribe, SipEndpoint } from '@sfs/sip';
import type { CallParts } from '../start-calls.port.ts';
import { DirectoryWait } from './directory-wait.ts';
import { followMessages } from './lamp.consumer.ts';
import { LampMetrics } from './lamp.metrics.ts';
import { LampSender } from './lamp-sender.ts';
import { LampSweep } from './lamp-sweep.ts';
import { MailboxQueue } from './mailbox-queue.ts';
import { SubscriptionsService } from './subscriptions.service.ts';

export interface RunningIndicators {
  subscribe(request: IncomingSubscribe): void;
  /** somebody's phone came (expires > 0) or went */
  registered(number: string, sipDomain: string, expires: number): void;
  readonly isFollowing: boolean;
  stop(): Promise<void>;
}

const DEBOUNCE_MS = 100;
const SWEEP_MS = 60_000;
const PACE_MS = 5;

/** Message lamps: told on every change, to every phone that comes or asks, and by a sweep where something was missed. */
export function startIndicators(parts: CallParts, endpoint: Pick<SipEndpoint, 'request' | 'requestInDialog'>): RunningIndicators {
  const { config, host, directory, lamps, messages } = parts;
  const { log } = host;
  const now = (): number => Date.now();
  const metrics = new LampMetrics(host.metrics);
  const sender = new LampSender({ endpoint, directory, lamps, messages, metrics, log, now });
  const queue = new MailboxQueue({
    debounceMs: DEBOUNCE_MS,
    send: (tenant, mailbox) => sender.send(tenant, mailbox),
    failed: (key, error) => log.warn({ err: error, ...key }, 'lamps could not be told; the sweep tries again'),
  });
  const subscriptions = new SubscriptionsService({ directory, lamps, sender, queue, metrics, log, now });
  const sweep = new LampSweep({ mailboxes: () => parts.mailboxes(), messages, lamps, queue, log, paceMs: PACE_MS });
  const directoryWait = new DirectoryWait(directory);
  const touch = (tenant: string, mailbox: string, afterMs?: number): void => directoryWait.whenLoaded(() => queue.touch(tenant, mailbox, afterMs));
  const following = followMessages({ kafka: kafkaOptions(config), queue: { touch }, log, metrics: host.metrics });
  parts.onTouched((tenant, mailbox) => touch(tenant, mailbox));
  directoryWait.whenLoaded(() => sweep.start(SWEEP_MS));
  const tellComer = (number: string, sipDomain: string): void => {
    const [key] = directory.mailboxesOfNumber(sipDomain, number);
    if (!key) return;
    queue
      .run(key.tenant, key.mailbox, () => sender.tellComer(key.tenant, key.mailbox, { number, sipDomain }))
      .catch((error: unknown) => log.warn({ err: error, number }, 'a phone that came could not be told'));
  };

  return {
    subscribe: (request) => void subscriptions.subscribe(request),
    registered: (number, sipDomain, expires) => {
      if (expires > 0) directoryWait.whenLoaded(() => tellComer(number, sipDomain));
    },
    get isFollowing() {
      return following.connected;
    },
    stop: async () => {
      directoryWait.stop();
      await sweep.stop();
      await following.close();
      await queue.close();
    },
  };
}
