import type { DecisionRecord } from './decision-record.ts';

/** Where in the list of a switch; the list goes from newer to older. */
export interface Place {
  readonly time: string;
  readonly question: string;
}

export interface DecisionsStore {
  readonly connected: boolean;
  save(record: DecisionRecord): Promise<void>;
  /** All of one call, with plans and traces, oldest first. */
  findCall(tenant: string, callId: string): Promise<DecisionRecord[]>;
  /** At most `limit` older than `before`, newest first, without plans and traces. */
  list(at: { tenant: string; switchId: string }, before: Place, limit: number): Promise<DecisionRecord[]>;
}
