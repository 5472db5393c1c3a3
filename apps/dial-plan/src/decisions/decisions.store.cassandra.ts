import { numberOf, textOf, type CqlSession, type Row } from '@sfs/cassandra';
import { findByCall, insertByCall, insertByTime, listByTime } from './decisions.cql.ts';
import type { DecisionRecord } from './decision-record.ts';
import type { DecisionsStore, Place } from './decisions.store.ts';

/** Records live this long (default_time_to_live of the tables). */
const HOURS_KEPT = 7 * 24;
/** Empty hours are skipped this many at once. */
const HOURS_AT_ONCE = 12;
const HOUR_MS = 3_600_000;

export class CassandraDecisionsStore implements DecisionsStore {
  private readonly session: CqlSession;
  private readonly hasSchema: () => boolean;

  constructor(session: CqlSession, hasSchema: () => boolean) {
    this.session = session;
    this.hasSchema = hasSchema;
  }

  get connected(): boolean {
    return this.session.connected && this.hasSchema();
  }

  async save(r: DecisionRecord): Promise<void> {
    await Promise.all([
      this.session.execute(insertByCall, [r.tenant, r.callId, r.question, r.time, r.switchId, r.from, r.to, r.summary, r.outcome, r.revision, r.microseconds, r.replica, r.planJson, r.traceJson]),
      this.session.execute(insertByTime, [r.tenant, r.switchId, hourOf(r.time), r.time, r.question, r.callId, r.from, r.to, r.summary, r.outcome, r.revision, r.microseconds, r.replica]),
    ]);
  }

  async findCall(tenant: string, callId: string): Promise<DecisionRecord[]> {
    const { rows } = await this.session.execute(findByCall, [tenant, callId]);
    return rows.map((row) => recordOf(row, tenant, textOf(row, 'switch_id'))).sort((a, b) => (a.time < b.time ? -1 : 1));
  }

  async list({ tenant, switchId }: { tenant: string; switchId: string }, before: Place, limit: number): Promise<DecisionRecord[]> {
    const found: DecisionRecord[] = [];
    const newest = Date.parse(`${hourOf(before.time)}:00:00Z`);
    for (let hours = 0; hours < HOURS_KEPT && found.length < limit; hours += HOURS_AT_ONCE) {
      const batch = Array.from({ length: HOURS_AT_ONCE }, (_, index) => hourOf(new Date(newest - (hours + index) * HOUR_MS).toISOString()));
      const pages = await Promise.all(batch.map((hour) => this.session.execute(listByTime, [tenant, switchId, hour, before.time, before.question, limit])));
      for (const { rows } of pages) found.push(...rows.map((row) => recordOf(row, tenant, switchId)));
    }
    return found.slice(0, limit);
  }
}

const hourOf = (time: string): string => time.slice(0, 13);

function recordOf(row: Row, tenant: string, switchId: string): DecisionRecord {
  return {
    tenant,
    switchId,
    callId: textOf(row, 'call_id'),
    question: textOf(row, 'question'),
    time: textOf(row, 'time'),
    from: textOf(row, 'from_number'),
    to: textOf(row, 'to_number'),
    summary: textOf(row, 'summary'),
    outcome: textOf(row, 'outcome'),
    revision: textOf(row, 'revision'),
    microseconds: numberOf(row, 'microseconds') ?? 0,
    replica: textOf(row, 'replica'),
    planJson: textOf(row, 'plan_json'),
    traceJson: textOf(row, 'trace_json'),
  };
}
