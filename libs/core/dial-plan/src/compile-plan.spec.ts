import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compilePlan } from './compile-plan.ts';
import { decideCall } from './decide-call.ts';
import { issueText, type PlanIssue } from './plan-issue.ts';
import { BLOCK, EXTENSION, PSTN, type PlanOverrides, aCall, aCompiledPlan, aDirectory, aPartition, aPlanSource, aUser } from './plan-builders.ts';
import type { Partition, PartitionAction, PlanSource } from './plan-source.ts';

interface Added {
  readonly id: string;
  readonly patterns: readonly string[];
  readonly action: 'block' | 'extension' | 'trunk' | PartitionAction;
  readonly active?: boolean;
}

interface IssueCase {
  readonly what: string;
  readonly plan?: PlanOverrides;
  /** one partition more, in the profile of everybody */
  readonly add?: Added;
  readonly and?: Added;
  readonly issues: readonly Partial<PlanIssue>[];
  /** compare only issues of this severity */
  readonly only?: PlanIssue['severity'];
}

const cases = JSON.parse(readFileSync(new URL('../testdata/plan-issues.json', import.meta.url), 'utf8')) as readonly IssueCase[];

const ACTIONS = { block: BLOCK, extension: EXTENSION, trunk: { ...PSTN, stripDigits: 0 } };
const added = ({ id, patterns, action, active = true }: Added): Partition => aPartition(id, patterns, typeof action === 'string' ? ACTIONS[action] : action, active);

function sourceOf({ plan, add, and }: IssueCase): PlanSource {
  const source = aPlanSource(plan);
  const more = [add, and].flatMap((one) => (one ? [added(one)] : []));
  return {
    ...source,
    partitions: [...source.partitions, ...more],
    callingProfiles: source.callingProfiles.map((profile) => (profile.id === 'staff' ? { ...profile, partitionIds: [...profile.partitionIds, ...more.map(({ id }) => id)] } : profile)),
  };
}

function issuesOf(source: PlanSource): readonly PlanIssue[] {
  const compiled = compilePlan(source);
  return compiled.ok ? compiled.value.warnings : compiled.error;
}

describe('the check of a plan', () => {
  it.each(cases)('$what', (one) => {
    const issues = issuesOf(sourceOf(one)).filter((issue) => one.only === undefined || issue.severity === one.only);
    const expected = one.issues.filter((issue) => one.only === undefined || issue.severity === one.only);
    expect(issues).toMatchObject(expected);
    expect(issues).toHaveLength(expected.length);
    expect(issues.filter((issue) => issue.message === '' || issue.remedy === '')).toEqual([]);
  });

  it('reports every fault at once', () => {
    const issues = issuesOf(aPlanSource({ sipDomain: '', partitions: [aPartition('a', ['[', ']', '112'])], settings: { maxForwards: 99 } }));
    const errors = issues.filter((issue) => issue.severity === 'error').map((issue) => issue.code);
    expect(errors).toEqual(['plan/bad-pattern', 'plan/bad-pattern', 'plan/bad-sip-domain', 'plan/bad-max-forwards', 'plan/emergency-shadowed']);
  });

  it('says what is wrong and what to do in one text', () => {
    const [issue] = issuesOf(aPlanSource({ settings: { maxForwards: 0 } }));
    expect(issue && issueText(issue)).toBe('A call can be forwarded 1 to 20 times. Set it to 5 if unsure.');
  });

  it('compiles ten thousand patterns, and its warnings stay bounded', { timeout: 60_000 }, () => {
    const partitions = [aPartition('a', Array.from({ length: 5000 }, (_, n) => String(20_000 + n))), aPartition('b', Array.from({ length: 5000 }, (_, n) => String(20_000 + n)), BLOCK)];
    const warnings = issuesOf(aPlanSource({ partitions, callingProfiles: [{ id: 'staff', name: 'Staff', partitionIds: ['a', 'b'] }], settings: { inboundProfileId: '' } }));
    expect(warnings).toHaveLength(100);
  });
});

it('compiles a plan in which every pattern meets every other', { timeout: 60_000 }, () => {
  const fives = Array.from({ length: 1 << 9 }, (_, mask) => [...'123456789'].filter((_digit, place) => (mask & (1 << place)) !== 0)).filter((digits) => digits.length === 4);
  const patterns = fives.flatMap((first) => fives.slice(0, 6).map((second) => `[0${first.join('')}][0${second.join('')}]`));
  const partitions = [aPartition('a', patterns.filter((_, n) => n % 2 === 0)), aPartition('b', patterns.filter((_, n) => n % 2 === 1), BLOCK)];
  const plan = aCompiledPlan(aPlanSource({ partitions, callingProfiles: [{ id: 'staff', name: 'Staff', partitionIds: ['a', 'b'] }], settings: { inboundProfileId: '' } }));
  expect(plan.warnings.filter(({ code }) => code === 'plan/overlap')).toHaveLength(100);
});

it('decides the same after a structured clone, so a worker can build it', () => {
  const plan = aCompiledPlan();
  const directory = aDirectory([aUser('1002')]);
  const options = { trace: true, revision: 'p1-d1' };
  for (const to of ['1002', '112', '00441', '0900111', '7']) {
    expect(decideCall(structuredClone(plan), directory, aCall(to), options)).toEqual(decideCall(plan, directory, aCall(to), options));
  }
});
