import type { MessageFact } from '@sfs/voicemail';
import type { MessageBody } from '../audio/message-body.ts';

/** What is known of one message: its facts, and its body once it was deposited. */
export interface MessageRecord {
  readonly id: string;
  readonly facts: readonly MessageFact[];
  readonly body: MessageBody | undefined;
}

export interface MailboxKey {
  readonly tenant: string;
  readonly mailbox: string;
}

/** Facts are added, never changed. Failures are DomainErrors of kind unavailable. */
export interface MessagesStore {
  /** Newest first; ids from `firstId` on. */
  list(box: MailboxKey, firstId: string): Promise<readonly MessageRecord[]>;
  find(box: MailboxKey, id: string): Promise<MessageRecord | undefined>;
  append(box: MailboxKey, id: string, fact: MessageFact, actor: string): Promise<void>;
}
