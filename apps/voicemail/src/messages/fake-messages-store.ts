import { newTimeUuid } from '@sfs/cassandra';
import type { MessageFact } from '@sfs/voicemail';
import type { MessageBody } from '../audio/message-body.ts';
import { timeOfId } from '../audio/message-id.ts';
import type { MailboxKey, MessageRecord, MessagesStore } from './messages.store.ts';

/** For specs: facts in memory. */
export class FakeMessagesStore implements MessagesStore {
  readonly facts: { box: string; id: string; fact: MessageFact; actor: string; body?: MessageBody }[] = [];

  deposit(box: MailboxKey, id = newTimeUuid(), more: Partial<MessageBody> = {}): string {
    const body: MessageBody = { fromNumber: '1001', fromName: 'Ann', reason: 'busy', callId: 'c', codec: 'pcmu', durationMs: 1000, packetsLost: 0, truncated: false, sizeBytes: 8000, contentHash: '', ...more };
    this.facts.push({ box: nameOf(box), id, fact: { id, step: 'deposited' }, actor: '1001', body });
    return id;
  }

  async list(box: MailboxKey, firstId: string): Promise<readonly MessageRecord[]> {
    const ids = new Set(this.facts.filter((row) => row.box === nameOf(box) && timeOfId(row.id) >= timeOfId(firstId)).map(({ id }) => id));
    return [...ids].map((id) => this.recordOf(box, id)).reverse();
  }

  async find(box: MailboxKey, id: string): Promise<MessageRecord | undefined> {
    return this.facts.some((row) => row.box === nameOf(box) && row.id === id) ? this.recordOf(box, id) : undefined;
  }

  async append(box: MailboxKey, id: string, fact: MessageFact, actor: string): Promise<void> {
    this.facts.push({ box: nameOf(box), id, fact, actor });
  }

  private recordOf(box: MailboxKey, id: string): MessageRecord {
    const rows = this.facts.filter((row) => row.box === nameOf(box) && row.id === id);
    return { id, facts: rows.map(({ fact }) => fact), body: rows.find(({ body }) => body !== undefined)?.body };
  }
}

function nameOf({ tenant, mailbox }: MailboxKey): string {
  return `${tenant}/${mailbox}`;
}
