import { textOf, type Row } from '@sfs/cassandra';
import { Message } from '@sfs/contracts';
import type { MessageFact } from '@sfs/voicemail';
import type { MessageBody } from '../audio/message-body.ts';
import { timeOfId } from '../audio/message-id.ts';
import type { MessageRecord } from './messages.store.ts';
import type { ListedMessage } from './messages.service.ts';

/** Rows of one message stand together. Steps of a later version are left out. */
export function recordsOf(rows: readonly Row[]): MessageRecord[] {
  const records: { id: string; facts: MessageFact[]; body: MessageBody | undefined }[] = [];
  for (const row of rows) {
    const id = textOf(row, 'message_id');
    let record = records.at(-1);
    if (record?.id !== id) records.push((record = { id, facts: [], body: undefined }));
    const fact = factOf(row);
    if (fact) record.facts.push(fact);
    if (fact?.step === 'deposited') record.body = JSON.parse(textOf(row, 'body')) as MessageBody;
  }
  return records;
}

export function toMessage({ id, mailbox, state, body }: ListedMessage): Message {
  const { fromNumber, fromName, reason, callId, codec, durationMs, packetsLost, truncated, sizeBytes, contentHash } = body;
  const recordedAt = new Date(timeOfId(id)).toISOString();
  return { id, mailbox, recordedAt, durationMs, fromNumber, fromName, reason, state, codec, sizeBytes, packetsLost, truncated, callId, contentHash };
}

function factOf(row: Row): MessageFact | undefined {
  const id = textOf(row, 'fact_id');
  const step = textOf(row, 'step');
  switch (step) {
    case 'deposited':
    case 'heard':
    case 'saved':
    case 'deleted':
      return { id, step };
    case 'restored':
      return { id, step, undoes: (JSON.parse(textOf(row, 'body')) as { undoes: string[] }).undoes };
    default:
      return undefined;
  }
}
