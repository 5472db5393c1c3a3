export type PinCheck = 'right' | 'must-change' | 'wrong' | 'locked';
export type PinChange = 'done' | 'too-short' | 'too-easy' | 'used-before';

export interface PinAttempt {
  readonly tenant: string;
  readonly mailbox: string;
  readonly pin: string;
  /** who tries: the caller's number or address */
  readonly origin: string;
}

export interface NewPin {
  readonly tenant: string;
  readonly mailbox: string;
  readonly pin: string;
  readonly actor: string;
}

export interface Pins {
  /** The attempt is stored before the PIN is looked at. An unknown mailbox is answered like a wrong PIN, as late too. DomainError unavailable when nothing can be stored, exhausted under a flood. */
  check(attempt: PinAttempt): Promise<PinCheck>;
  /** Of a mailbox whose PIN was right in this call. The old PIN holds until the new one is stored. DomainError not-found, unavailable. */
  change(wanted: NewPin): Promise<PinChange>;
}
