import type { DialogState, OutgoingRequest, SipEndpoint } from '@sfs/sip';
import type { Directory, MailboxKey, Phone } from '../directory/directory.port.ts';
import type { Lamps, LampSubscription, LampSubscriptions, LampTold } from '../lamps/lamps.port.ts';

type InDialog = Parameters<SipEndpoint['requestInDialog']>[1];

export interface SentNotify {
  /** undefined = outside any dialog */
  readonly dialog: DialogState | undefined;
  readonly uri: string;
  readonly state: string;
  readonly type: string;
  readonly text: string;
}

/** Phones behind a proxy: answers as the spec says and keeps what was sent. */
export class FakeEndpoint implements Pick<SipEndpoint, 'request' | 'requestInDialog'> {
  readonly sent: SentNotify[] = [];
  /** by request URI; default 200 */
  readonly status = new Map<string, number>();
  onSent: (notify: SentNotify) => void = () => undefined;

  request(request: OutgoingRequest): Promise<{ status: number; reason: string }> {
    return this.#take(undefined, request.uri, request);
  }

  requestInDialog(dialog: DialogState, request: InDialog): Promise<{ status: number; reason: string }> {
    return this.#take(dialog, dialog.remoteTarget, request);
  }

  #take(dialog: DialogState | undefined, uri: string, { headers, body }: InDialog): Promise<{ status: number; reason: string }> {
    const state = headers.find((header) => header.startsWith('Subscription-State: ')) ?? '';
    const notify = { dialog, uri, state: state.slice('Subscription-State: '.length), type: body?.type ?? '', text: body?.text ?? '' };
    this.sent.push(notify);
    this.onSent(notify);
    return Promise.resolve({ status: this.status.get(uri) ?? 200, reason: '' });
  }
}

/** Kept as a store would keep it. */
export class FakeLamps implements Lamps {
  readonly lastToldOf = new Map<string, LampTold>();
  readonly stored = new Map<string, LampSubscription & MailboxKey>();
  readonly subscriptions: LampSubscriptions = {
    save: (tenant, mailbox, subscription) => Promise.resolve(void this.stored.set(subscription.id, { ...subscription, tenant, mailbox })),
    remove: (_tenant, _mailbox, id) => Promise.resolve(void this.stored.delete(id)),
    list: (tenant, mailbox) => Promise.resolve([...this.stored.values()].filter((each) => each.tenant === tenant && each.mailbox === mailbox)),
    all: () => {
      throw new Error('nobody needs all of them');
    },
  };

  lastTold(_tenant: string, mailbox: string): Promise<LampTold | undefined> {
    return Promise.resolve(this.lastToldOf.get(mailbox));
  }

  told(_tenant: string, mailbox: string, told: LampTold): Promise<void> {
    this.lastToldOf.set(mailbox, told);
    return Promise.resolve();
  }
}

/** Each number's mailboxes, all of tenant `default`. */
export class FakeDirectory implements Directory {
  isLoaded = true;
  readonly boxes = new Map<string, readonly string[]>();

  mailboxesOfNumber(sipDomain: string, number: string): readonly MailboxKey[] {
    if (sipDomain !== 'site-a.example') return [];
    return (this.boxes.get(number) ?? []).map((mailbox) => ({ tenant: 'default', mailbox }));
  }

  phonesOf(_tenant: string, mailbox: string): readonly Phone[] {
    return [...this.boxes].filter(([, boxes]) => boxes.includes(mailbox)).map(([number]) => ({ number, sipDomain: 'site-a.example' }));
  }

  ownerName(): string {
    return '';
  }
}
