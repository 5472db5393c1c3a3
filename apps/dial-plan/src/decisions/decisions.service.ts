import { DomainError } from '@sfs/kernel';
import type { Trace, CallPlan } from '@sfs/dial-plan';
import { checkQuestion } from '../decision/check-question.ts';
import { callOf, explain } from '../decision/engine.ts';
import type { Question } from '../decision/question.ts';
import type { Projection } from '../projection/projection.service.ts';
import { findSwitch } from '../projection/bound-switch.ts';
import type { DecisionRecord } from './decision-record.ts';
import type { DecisionRecorder } from './decision-recorder.ts';
import type { DecisionsStore, Place } from './decisions.store.ts';

export interface DecisionsParts {
  readonly projection: Projection;
  readonly recorder: DecisionRecorder;
  readonly store: DecisionsStore;
}

export interface Simulated {
  readonly plan: CallPlan;
  readonly trace: Trace;
  readonly microseconds: number;
}

const NEWEST: Place = { time: '9999', question: '' };

/** Decisions tried and past. */
export class DecisionsService {
  private readonly parts: DecisionsParts;

  constructor(parts: DecisionsParts) {
    this.parts = parts;
  }

  /** The same engine, plan and directory as a live call. */
  simulate(tenant: string, switchId: string, question: Question): Simulated {
    const fault = checkQuestion(question);
    if (fault) throw new DomainError('invalid', fault.code, fault.message, { ...(fault.field ? { field: fault.field } : {}), ...(fault.remedy ? { remedy: fault.remedy } : {}) });
    this.requireOwn(tenant, switchId);
    const at = this.parts.projection.find(switchId);
    if (!at) {
      const { code, message, remedy = '' } = this.parts.projection.refusal(switchId);
      throw new DomainError('unavailable', code, message, { remedy });
    }
    const started = performance.now();
    const { plan, trace } = explain(at, callOf(question));
    return { plan, trace, microseconds: Math.round((performance.now() - started) * 1000) };
  }

  /** What the store has, and what has not reached it yet. While the store is away: what this replica remembers. */
  async list(at: { tenant: string; switchId: string }, page: { size: number; before?: Place | undefined }): Promise<{ records: DecisionRecord[]; next: Place | undefined }> {
    this.requireOwn(at.tenant, at.switchId);
    const before = page.before ?? NEWEST;
    const remembered = this.parts.recorder.recent.newestFirst().filter((r) => r.tenant === at.tenant && r.switchId === at.switchId && isBefore(r, before));
    // Two replicas write one decision at two times: some of a page may fall together.
    const stored = this.parts.store.connected ? await this.parts.store.list(at, startAt(before), page.size * 2) : [];
    const records = distinct([...remembered, ...stored]).sort(newestFirst).slice(0, page.size);
    const last = records.at(-1);
    return { records, next: records.length === page.size && last ? { time: last.time, question: last.question } : undefined };
  }

  async findCall(tenant: string, callId: string): Promise<DecisionRecord[]> {
    const remembered = this.parts.recorder.recent.newestFirst().filter((r) => r.tenant === tenant && r.callId === callId);
    const stored = this.parts.store.connected ? await this.parts.store.findCall(tenant, callId) : [];
    return distinct([...remembered, ...stored]).sort((a, b) => newestFirst(b, a));
  }

  private requireOwn(tenant: string, switchId: string): void {
    const known = findSwitch(this.parts.projection.table, switchId);
    if (known && known.tenant === tenant) return;
    throw new DomainError('not-found', 'switch/unknown', `There is no switch ${switchId}`, { field: 'switchId', remedy: 'Choose a switch of this tenant.' });
  }
}

/** The store has hours, "the newest possible" is none. */
function startAt(before: Place): Place {
  return before === NEWEST ? { time: new Date(Date.now() + 3_600_000).toISOString(), question: '' } : before;
}

const isBefore = (r: Place, place: Place): boolean => r.time < place.time || (r.time === place.time && r.question < place.question);

const newestFirst = (a: Place, b: Place): number => (isBefore(a, b) ? 1 : -1);

/** Two replicas that were asked at once count as one. The first of a kind stays. */
function distinct(records: readonly DecisionRecord[]): DecisionRecord[] {
  const seen = new Map<string, DecisionRecord>();
  for (const record of records) {
    const key = `${record.callId}\n${record.question}`;
    if (!seen.has(key)) seen.set(key, record);
  }
  return [...seen.values()];
}
