import { Change, MessageEvent } from '@sfs/contracts';
import { changeTopic } from '@sfs/change-log';
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

const LINK_TOPIC = changeTopic('provisioning', 'mailbox-link');
/** The directory hears of the link by its own way; what is told before it knows the new owner is told to nobody. */
const DIRECTORY_MS = 1000;

/** Mode one-of-group: of all replicas at the site one tells the lamps of a mailbox. An event says only that something happened: late and double ones do no harm. */
export function followMessages({ kafka, queue, log, metrics }: LampConsumerParts): Following {
  return follow({
    ...kafka,
    topics: [MESSAGE_TOPIC, LINK_TOPIC],
    mode: 'one-of-group',
    group: 'voicemail.lamps',
    handle: (topic, _key, value) => {
      take(queue, topic, value);
      return Promise.resolve();
    },
    onConnected: () => undefined,
    log,
    metrics,
  });
}

function take(queue: Pick<MailboxQueue, 'touch'>, topic: string, value: Uint8Array): void {
  if (topic === MESSAGE_TOPIC) {
    const { tenant, mailbox } = MessageEvent.decode(value);
    queue.touch(tenant, mailbox);
    return;
  }
  // the link's id is the number of its mailbox
  const { tenant, entityId } = Change.decode(value);
  queue.touch(tenant, entityId, DIRECTORY_MS);
}
