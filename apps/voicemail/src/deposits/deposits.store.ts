import type { MessageBody } from '../audio/message-body.ts';
import type { SpoolHeader } from './spool-file.ts';

export interface OpenDeposit {
  readonly header: SpoolHeader;
  readonly instance: string;
}

/** Rows around a deposit. Failures are DomainErrors of kind unavailable. */
export interface DepositsStore {
  /** false: a write would fail at once */
  readonly connected: boolean;
  putOpen(open: OpenDeposit): Promise<void>;
  /** Repeatable. */
  dropOpen(id: string): Promise<void>;
  /** Of this site, that were begun since then. */
  listOpen(sinceMs: number): Promise<readonly OpenDeposit[]>;
  /** The row that makes the message visible. `guessed`: of a recording that somebody else may still store whole; it never replaces that one. */
  putDeposited(header: SpoolHeader, body: MessageBody, guessed: boolean): Promise<void>;
  isDeposited(header: SpoolHeader): Promise<boolean>;
}
