import type { OutgoingRequest, SipEndpoint } from '@sfs/sip';
import { mwiBody } from '@sfs/voicemail';
import type { Logger } from 'pino';
import type { Directory, Phone } from '../directory/directory.port.ts';
import type { Lamps, LampSubscription } from '../lamps/lamps.port.ts';
import type { Messages } from '../messages/messages.port.ts';
import type { LampMetrics } from './lamp.metrics.ts';
import { readDialog, storeDialog, type StoredDialog } from './stored-dialog.ts';

export interface LampSenderParts {
  readonly endpoint: Pick<SipEndpoint, 'request' | 'requestInDialog'>;
  readonly directory: Directory;
  readonly messages: Pick<Messages, 'counts'>;
  readonly lamps: Lamps;
  readonly metrics: LampMetrics;
  readonly log: Logger;
  /** epoch ms */
  now(): number;
}

export type SubscriptionEnd = 'timeout' | 'noresource';

const NOTIFY_LIMIT_MS = 5000;
/** a mailbox that changes all the time is told again with its next change */
const MOST_ROUNDS = 3;
/** RFC 6665 4.1.3: what these answers say about a dialog is that it is gone. */
const GONE = new Set([404, 410, 481, 489]);

/** Tells phones what waits. Every NOTIFY is counted at the moment of sending. */
export class LampSender {
  readonly #parts: LampSenderParts;

  constructor(parts: LampSenderParts) {
    this.#parts = parts;
  }

  /**
   * Both ways: unasked to every number of the owner, and in the dialog of each subscription. Not at once for one mailbox: see MailboxQueue.
   * Another replica may send at the same time what it counted later, and be overtaken by us: so who sees other counts afterwards tells again.
   */
  async send(tenant: string, mailbox: string): Promise<void> {
    const { messages } = this.#parts;
    let counts = await messages.counts(tenant, mailbox);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const told = counts;
      await this.#tell(tenant, mailbox, told);
      counts = await messages.counts(tenant, mailbox);
      if (counts.new === told.new && counts.old === told.old) return;
    }
  }

  async #tell(tenant: string, mailbox: string, counts: { readonly new: number; readonly old: number }): Promise<void> {
    const { directory, lamps, now } = this.#parts;
    const subscriptions = await lamps.subscriptions.list(tenant, mailbox);
    const told = await Promise.all([
      ...directory.phonesOf(tenant, mailbox).map(async (phone) => ((await this.tellPhone(phone)) ? nameOf(phone) : undefined)),
      ...subscriptions.map((subscription) => this.#tellSubscription(tenant, mailbox, subscription)),
    ]);
    const accepted = new Set(told.filter((name) => name !== undefined));
    await lamps.told(tenant, mailbox, { at: now(), newMessages: counts.new, oldMessages: counts.old, phones: accepted.size });
  }

  /** Whether it has taken it. Nobody registered (480, 404) is no fault: who registers is told then. */
  async tellPhone(phone: Phone): Promise<boolean> {
    const uri = uriOf(phone);
    const request: OutgoingRequest = { method: 'NOTIFY', uri, from: uri, to: uri, headers: headersWith('terminated;reason=noresource'), body: await this.#body(phone), timeoutMs: NOTIFY_LIMIT_MS };
    return this.#answered('unasked', phone, (await this.#parts.endpoint.request(request)).status);
  }

  /** A phone that came after the others were told. Its counts are not noted: where they differ from what was told before, the sweep tells everybody. */
  async tellComer(tenant: string, mailbox: string, phone: Phone): Promise<void> {
    const { lamps, now } = this.#parts;
    if (!(await this.tellPhone(phone))) return;
    const last = await lamps.lastTold(tenant, mailbox);
    if (last) await lamps.told(tenant, mailbox, { ...last, at: now(), phones: Math.max(1, last.phones) });
  }

  /** Whether the subscription lives on; CSeq is stored first, so that no other NOTIFY of this dialog can bear the same. */
  async tellSubscriber(tenant: string, mailbox: string, subscription: LampSubscription, end?: SubscriptionEnd): Promise<boolean> {
    const { endpoint, lamps, now } = this.#parts;
    const stored = readDialog(subscription);
    if (!stored) {
      await lamps.subscriptions.remove(tenant, mailbox, subscription.id);
      return false;
    }
    const body = await this.#body(stored.phone);
    await this.#keepSequence(tenant, mailbox, subscription, stored, end);
    const seconds = Math.max(0, Math.round((subscription.expiresAt - now()) / 1000));
    const headers = headersWith(end === undefined ? `active;expires=${seconds}` : `terminated;reason=${end}`);
    const { status } = await endpoint.requestInDialog(stored.dialog, { method: 'NOTIFY', headers, body, timeoutMs: NOTIFY_LIMIT_MS });
    if (end === undefined && GONE.has(status)) await lamps.subscriptions.remove(tenant, mailbox, subscription.id);
    return this.#answered('subscribed', stored.phone, status);
  }

  async #keepSequence(tenant: string, mailbox: string, subscription: LampSubscription, { phone, dialog }: StoredDialog, end: SubscriptionEnd | undefined): Promise<void> {
    const { subscriptions } = this.#parts.lamps;
    if (end !== undefined) return subscriptions.remove(tenant, mailbox, subscription.id);
    const next = storeDialog({ phone, dialog: { ...dialog, localSeq: dialog.localSeq + 1 } });
    return subscriptions.save(tenant, mailbox, { ...subscription, dialog: next });
  }

  async #tellSubscription(tenant: string, mailbox: string, subscription: LampSubscription): Promise<string | undefined> {
    try {
      const told = await this.tellSubscriber(tenant, mailbox, subscription);
      const phone = readDialog(subscription)?.phone;
      return told && phone ? nameOf(phone) : undefined;
    } catch (error) {
      this.#parts.log.warn({ err: error, tenant, mailbox }, 'subscribed lamp could not be told');
      return undefined;
    }
  }

  /** One lamp shows all mailboxes of its owner. */
  async #body({ sipDomain, number }: Phone): Promise<{ readonly type: string; readonly text: string }> {
    const { directory, messages } = this.#parts;
    const counts = await Promise.all(directory.mailboxesOfNumber(sipDomain, number).map(({ tenant, mailbox }) => messages.counts(tenant, mailbox)));
    const total = { new: counts.reduce((sum, each) => sum + each.new, 0), old: counts.reduce((sum, each) => sum + each.old, 0) };
    return { type: 'application/simple-message-summary', text: mwiBody(total, uriOf({ sipDomain, number })) };
  }

  #answered(way: 'unasked' | 'subscribed', phone: Phone, status: number): boolean {
    const { metrics, log } = this.#parts;
    metrics.told(way, status);
    log.debug({ number: phone.number, way, status }, 'lamp told');
    return status >= 200 && status < 300;
  }
}

const uriOf = ({ number, sipDomain }: Phone): string => `sip:${encodeURIComponent(number)}@${sipDomain}`;
const nameOf = ({ number, sipDomain }: Phone): string => `${number}@${sipDomain}`;

/** RFC 3842 3.1, RFC 6665 3.1.3. An unasked one belongs to no subscription and must say so, else some phones await another. */
function headersWith(state: string): string[] {
  return ['Event: message-summary', `Subscription-State: ${state}`];
}
