import type { PinAttempt } from '@sfs/voicemail';

export interface AttemptKey {
  readonly tenant: string;
  readonly mailbox: string;
}

export interface KnownAttempt extends PinAttempt {
  readonly id: string;
}

export interface KnownAttempts {
  /** for the condition of `begin`; null = none yet */
  readonly version: number | null;
  readonly attempts: readonly KnownAttempt[];
}

/** Add-only, for mailboxes that do not exist too. Failures are DomainErrors of kind unavailable. */
export interface AttemptsStore {
  read(key: AttemptKey): Promise<KnownAttempts>;
  /** Stored as pending if nobody else began one since the read; false if somebody did. Throws with details.outcomeUnknown when the store did not say. */
  begin(key: AttemptKey, attempt: { readonly id: string; readonly origin: string }, version: number | null): Promise<boolean>;
  /** `unjudged`: the PIN was not looked at. */
  settle(key: AttemptKey, id: string, result: 'right' | 'wrong' | 'unjudged'): Promise<void>;
  open(key: AttemptKey, kind: 'unlocked' | 'reset', origin: string): Promise<void>;
}
