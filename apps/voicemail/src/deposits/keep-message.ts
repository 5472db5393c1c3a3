import type { MessageBody } from '../audio/message-body.ts';
import type { RecordingResult } from './deposits.port.ts';
import type { DepositsStore } from './deposits.store.ts';
import type { SpoolHeader } from './spool-file.ts';

export interface DepositHappened {
  readonly id: string;
  readonly tenant: string;
  readonly mailbox: string;
  readonly messageId: string;
  readonly step: 'deposited';
  readonly actor: string;
}

export type Announce = (happened: DepositHappened) => void;

export function bodyOf(header: SpoolHeader, result: RecordingResult, audio: { readonly sizeBytes: number; readonly contentHash: string }): MessageBody {
  const { fromNumber, fromName, reason, callId, codec } = header;
  const { durationMs, packetsLost, truncated } = result;
  return { fromNumber, fromName, reason, callId, codec, durationMs, packetsLost, truncated, ...audio };
}

/** Of a recording whose end nobody told: 8 bytes a millisecond. */
export function truncatedResult(sizeBytes: number): RecordingResult {
  return { durationMs: Math.round(sizeBytes / 8), packetsLost: 0, truncated: true };
}

/** All chunks are stored: now the message becomes visible, and then known. Repeatable. */
export async function keepMessage({ store, announce }: { store: DepositsStore; announce: Announce }, header: SpoolHeader, body: MessageBody, guessed = false): Promise<void> {
  const { id, tenant, mailbox, fromNumber } = header;
  await store.putDeposited(header, body, guessed);
  announce({ id, tenant, mailbox, messageId: id, step: 'deposited', actor: fromNumber });
  // A row that stays is found by the sweep, which then sees that the message is there.
  await store.dropOpen(id).catch(() => undefined);
}
