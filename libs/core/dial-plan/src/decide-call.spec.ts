import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Call } from './call.ts';
import { decideCall } from './decide-call.ts';
import { type PlanOverrides, type UserOverrides, aCall, aCompiledPlan, aDirectory, aPlanSource, aUser } from './plan-builders.ts';
import type { CallPlan, PlanStep } from './plan.ts';
import type { Trace } from './trace.ts';

interface CallCase extends Partial<Call> {
  readonly what: string;
  readonly to: string;
  readonly summary: string;
  /** `route` unless said */
  readonly outcome?: string;
  /** the whole answer */
  readonly plan?: Partial<CallPlan>;
  /** what must be in the steps, in their number */
  readonly steps?: readonly Partial<PlanStep>[];
  /** `rule verdict` of stations, in this order, others between them */
  readonly trace?: readonly string[];
  /** `partition pattern` */
  readonly winner?: string;
  readonly profileFrom?: string;
}

interface Scene {
  readonly title: string;
  readonly plan: PlanOverrides;
  readonly users: Readonly<Record<string, UserOverrides>>;
  readonly calls: readonly CallCase[];
}

const folder = new URL('../testdata/decisions/', import.meta.url);
const scenes = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Scene);

function expectInOrder(trace: Trace | undefined, wanted: readonly string[]): void {
  const told = trace?.stations.map(({ rule, verdict }) => `${rule} ${verdict}`) ?? [];
  let at = 0;
  for (const station of told) if (station === wanted[at]) at += 1;
  expect({ missing: wanted.slice(at), told }).toEqual({ missing: [], told });
}

describe.each(scenes)('$title', ({ plan: overrides, users, calls }) => {
  const plan = aCompiledPlan(aPlanSource(overrides));
  const directory = aDirectory(Object.entries(users).map(([number, user]) => aUser(number, user)));

  it.each(calls)('$what', ({ what: _, summary, outcome = 'route', plan: answer, steps, trace: stations, winner, profileFrom, to, ...call }) => {
    const decided = decideCall(plan, directory, aCall(to, call), { trace: true, revision: 'p1-d1' });
    expect(decided.summary).toBe(summary);
    expect(decided.outcome).toBe(outcome);
    if (answer) expect(decided.plan).toEqual({ version: 1, revision: 'p1-d1', ...answer });
    if (steps) expect(decided.plan.steps).toMatchObject(steps);
    if (stations) expectInOrder(decided.trace, stations);
    if (winner !== undefined) expect(`${decided.trace?.candidates[0]?.partitionId} ${decided.trace?.candidates[0]?.pattern}`).toBe(winner);
    if (profileFrom !== undefined) expect(decided.trace?.caller.profileFrom).toBe(profileFrom);
    expect(decideCall(plan, directory, aCall(to, call), { revision: 'p1-d1' })).toEqual({ plan: decided.plan, summary, outcome });
  });
});
