import type { Codec } from '@sfs/media';
import type { BoxContents } from '@sfs/voicemail';

/** What happens to a message after it was deposited. */
export type MessageStep = 'heard' | 'saved' | 'deleted' | 'restored';

export interface MessageMark {
  readonly tenant: string;
  readonly mailbox: string;
  readonly id: string;
  readonly step: MessageStep;
  readonly actor: string;
}

export interface Recording {
  /** G.711 as received */
  readonly audio: Uint8Array;
  readonly codec: Codec;
}

/** The owner's view, for the telephone. Failures are DomainErrors: not-found `mailboxes/unknown` or `messages/unknown`, unavailable `store/*`. */
export interface Messages {
  box(tenant: string, mailbox: string): Promise<BoxContents>;
  mark(mark: MessageMark): Promise<void>;
  /** DomainError unavailable `messages/damaged` when the audio is not what was stored. */
  audio(tenant: string, mailbox: string, id: string): Promise<Recording>;
  counts(tenant: string, mailbox: string): Promise<{ readonly new: number; readonly old: number }>;
}
