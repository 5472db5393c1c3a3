import { MessageEvent } from '@sfs/contracts';
import { follow, type Following, type KafkaOptions } from '@sfs/kafka';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { MESSAGE_TOPIC } from '../message-events/message-events.ts';
import type { MailboxQueue } from './mailbox-queue.ts';

export interface LampConsumerParts {
  readonly kafka: KafkaOptions;
  readonly queue: Pick<MailboxQueue, 'touch'>;
  readonly log: Logger;
  readonly metrics: Registry;
}

/** Mode one-of-group: of all replicas at the site one tells the lamps of a mailbox. An event says only that something happened: late and double ones do no harm. */
export function followMessages({ kafka, queue, log, metrics }: LampConsumerParts): Following {
  return follow({
    ...kafka,
    topics: [MESSAGE_TOPIC],
    mode: 'one-of-group',
    group: 'voicemail.lamps',
    handle: (_topic, _key, value) => {
      const { tenant, mailbox } = MessageEvent.decode(value);
      queue.touch(tenant, mailbox);
      return Promise.resolve();
    },
    onConnected: () => undefined,
    log,
    metrics,
  });
}
