import type { Codec } from '@sfs/media';

export type GreetingKind = 'greeting' | 'name';

export interface RecordedGreeting {
  readonly audio: Uint8Array;
  readonly codec: Codec;
}

export interface NewGreeting extends RecordedGreeting {
  readonly tenant: string;
  readonly mailbox: string;
  readonly kind: GreetingKind;
  readonly durationMs: number;
  readonly actor: string;
}

export interface Greetings {
  /** undefined = the built-in one. DomainError unavailable. */
  find(tenant: string, mailbox: string, kind: GreetingKind): Promise<RecordedGreeting | undefined>;
  /** Resolves when it is stored; the one before plays until then. */
  keep(greeting: NewGreeting): Promise<void>;
}
