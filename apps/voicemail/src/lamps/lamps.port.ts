/** What a mailbox's phones were last told. */
export interface LampTold {
  /** epoch ms */
  readonly at: number;
  readonly newMessages: number;
  readonly oldMessages: number;
  /** phones that accepted it */
  readonly phones: number;
}

export interface LampSubscription {
  /** names the dialog for ever */
  readonly id: string;
  /** what a NOTIFY within the dialog needs, as JSON; opaque here */
  readonly dialog: string;
  /** epoch ms */
  readonly expiresAt: number;
}

/** Stored, so that a restart goes on where it was. Failures are DomainErrors of kind unavailable. */
export interface Lamps {
  lastTold(tenant: string, mailbox: string): Promise<LampTold | undefined>;
  told(tenant: string, mailbox: string, told: LampTold): Promise<void>;
  readonly subscriptions: LampSubscriptions;
}

export interface LampSubscriptions {
  save(tenant: string, mailbox: string, subscription: LampSubscription): Promise<void>;
  remove(tenant: string, mailbox: string, id: string): Promise<void>;
  /** Of one mailbox, not expired. */
  list(tenant: string, mailbox: string): Promise<readonly LampSubscription[]>;
  /** Of all mailboxes, not expired: after a start. */
  all(): AsyncIterable<LampSubscription & { readonly tenant: string; readonly mailbox: string }>;
}
