import type { Codec } from '@sfs/media';

/** What is known of a message when its caller arrives. */
export interface NewDeposit {
  readonly tenant: string;
  readonly mailbox: string;
  /** '' = withheld */
  readonly fromNumber: string;
  /** '' = unknown */
  readonly fromName: string;
  readonly reason: DepositReason;
  /** Call-ID */
  readonly callId: string;
  readonly codec: Codec;
}

export type DepositReason = 'all' | 'busy' | 'no-answer' | 'unreachable' | 'direct';

export interface RecordingResult {
  readonly durationMs: number;
  readonly packetsLost: number;
  /** cut short on our side */
  readonly truncated: boolean;
}

export interface Deposits {
  /** DomainError not-found `mailboxes/unknown`, exhausted `mailboxes/full`, unavailable `deposits/no-storage`: nothing durable can take the message. */
  open(deposit: NewDeposit): Promise<Deposit>;
}

/** A message while it is spoken. Nobody sees it before `finish`. */
export interface Deposit {
  /** id of the message: a time-sortable UUID */
  readonly id: string;
  readonly maxMs: number;
  /** In order. Never waits and never throws: what cannot be kept is said by `finish`. */
  append(audio: Uint8Array): void;
  /** Resolves when the message is durable (rows at quorum, or a synced spool file), else DomainError unavailable `deposits/no-storage`. */
  finish(result: RecordingResult): Promise<void>;
  /** No message; harmless after `finish`. */
  drop(): Promise<void>;
}
