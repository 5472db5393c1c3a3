export interface MailboxKey {
  readonly tenant: string;
  readonly mailbox: string;
}

export interface Phone {
  readonly number: string;
  readonly sipDomain: string;
}

/** Whose mailbox is whose, out of memory; follows provisioning and answers from the last known state while that is away. */
export interface Directory {
  /** False until provisioning was heard for the first time: then nobody knows whose phone is whose. */
  readonly isLoaded: boolean;
  /** The mailboxes of the user who has the number, in order of their numbers. */
  mailboxesOfNumber(sipDomain: string, number: string): readonly MailboxKey[];
  /** Every number of the mailbox's owner. */
  phonesOf(tenant: string, mailbox: string): readonly Phone[];
  /** '' = nobody's mailbox */
  ownerName(tenant: string, mailbox: string): string;
}
