import { createHash } from 'node:crypto';
import type { Call } from '@sfs/dial-plan';

/** One decided question, as it is kept. */
export interface DecisionRecord {
  readonly tenant: string;
  readonly switchId: string;
  readonly callId: string;
  /** names the question within its call: two replicas asked at once write the same row */
  readonly question: string;
  /** ISO time, UTC, ms */
  readonly time: string;
  readonly from: string;
  readonly to: string;
  readonly summary: string;
  readonly outcome: string;
  readonly revision: string;
  readonly microseconds: number;
  readonly replica: string;
  readonly planJson: string;
  readonly traceJson: string;
}

/** Over HTTP there is no transaction: the same question about the same call counts once. */
export function questionKey(call: Call, tx: string): string {
  const asked = JSON.stringify([tx, call.from, call.to, call.origin, call.diversions, call.target ?? null]);
  return createHash('sha1').update(asked).digest('base64url').slice(0, 16);
}
