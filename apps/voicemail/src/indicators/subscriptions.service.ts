import type { IncomingSubscribe } from '@sfs/sip';
import type { Logger } from 'pino';
import type { Directory, MailboxKey, Phone } from '../directory/directory.port.ts';
import type { Lamps, LampSubscription } from '../lamps/lamps.port.ts';
import type { LampMetrics } from './lamp.metrics.ts';
import type { LampSender } from './lamp-sender.ts';
import type { MailboxQueue } from './mailbox-queue.ts';
import { readDialog, storeDialog, subscriptionId } from './stored-dialog.ts';

export interface SubscriptionsParts {
  readonly directory: Pick<Directory, 'isLoaded' | 'mailboxesOfNumber'>;
  readonly lamps: Lamps;
  readonly sender: Pick<LampSender, 'tellSubscriber'>;
  readonly queue: Pick<MailboxQueue, 'run'>;
  readonly metrics: Pick<LampMetrics, 'subscribed'>;
  readonly log: Logger;
  /** epoch ms */
  now(): number;
}

const SHORTEST_S = 60;
const LONGEST_S = 3600;

/** Phones that ask for their lamp (RFC 6665, RFC 3842). Nothing is remembered here: what is stored goes on after a restart, on any replica. */
export class SubscriptionsService {
  readonly #parts: SubscriptionsParts;

  constructor(parts: SubscriptionsParts) {
    this.#parts = parts;
  }

  /** Answers in any case. */
  async subscribe(request: IncomingSubscribe): Promise<void> {
    const { directory, log, queue } = this.#parts;
    // within a dialog the Request-URI is our own address
    const { user: number, host: sipDomain } = request.localTag === undefined ? request.requestUri : request.to;
    if (request.event !== 'message-summary') return this.#refuse(request, 489, 'Bad Event', ['Allow-Events: message-summary']);
    if (request.expires > 0 && request.expires < SHORTEST_S) return this.#refuse(request, 423, 'Interval Too Brief', [`Min-Expires: ${SHORTEST_S}`]);
    // a 404 would end a subscription that goes on (RFC 6665 4.1.2.2)
    if (!directory.isLoaded) return this.#refuse(request, 503, 'Starting', ['Retry-After: 5']);
    // the proxy lets everybody ask for the own number only
    const [key] = directory.mailboxesOfNumber(sipDomain, number);
    if (!key) return this.#refuse(request, 404, 'No Mailbox');
    try {
      await queue.run(key.tenant, key.mailbox, () => this.#take(request, key, { number, sipDomain }));
    } catch (error) {
      log.warn({ err: error, ...key }, 'subscription could not be served');
      request.reject(500, 'Try Again', ['Retry-After: 10']);
    }
  }

  async #take(request: IncomingSubscribe, key: MailboxKey, phone: Phone): Promise<void> {
    const { lamps, metrics, sender, now } = this.#parts;
    const { tenant, mailbox } = key;
    const known = await this.#find(request, key);
    if (request.localTag !== undefined && !known) return this.#refuse(request, 481, 'Subscription Does Not Exist');
    const seconds = Math.min(request.expires, LONGEST_S);
    const accepted = request.accept(seconds);
    metrics.subscribed(200);
    // our numbers go on where they were; the rest is as the newest SUBSCRIBE says
    const dialog = { ...accepted, localSeq: (known && readDialog(known)?.dialog.localSeq) ?? accepted.localSeq };
    const subscription: LampSubscription = { id: subscriptionId(request.callId, accepted.localTag), dialog: storeDialog({ phone, dialog }), expiresAt: now() + seconds * 1000 };
    if (seconds > 0) await lamps.subscriptions.save(tenant, mailbox, subscription);
    await sender.tellSubscriber(tenant, mailbox, subscription, seconds === 0 ? 'timeout' : undefined);
  }

  async #find({ callId, localTag }: IncomingSubscribe, { tenant, mailbox }: MailboxKey): Promise<LampSubscription | undefined> {
    if (localTag === undefined) return undefined;
    const id = subscriptionId(callId, localTag);
    return (await this.#parts.lamps.subscriptions.list(tenant, mailbox)).find((each) => each.id === id);
  }

  #refuse(request: IncomingSubscribe, status: number, reason: string, headers?: readonly string[]): void {
    this.#parts.metrics.subscribed(status);
    request.reject(status, reason, headers);
  }
}
