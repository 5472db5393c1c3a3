import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decideCall } from './decide-call.ts';
import { aCall, aCompiledPlan, aDirectory, aPartition, aPlanOf } from './plan-builders.ts';

interface MatchCase {
  readonly what: string;
  readonly patterns: readonly string[];
  readonly dialled: string;
  readonly winner: string | null;
}

const cases = JSON.parse(readFileSync(new URL('../testdata/closest-match.json', import.meta.url), 'utf8')) as readonly MatchCase[];

/** Each pattern in a partition of its own, so that only closeness can decide. */
function winnerOf(patterns: readonly string[], dialled: string): string | undefined {
  const plan = aCompiledPlan(aPlanOf(...patterns.map((pattern, place) => aPartition(`p${place}`, [pattern]))));
  const { trace } = decideCall(plan, aDirectory([]), aCall(dialled), { trace: true, revision: 'r' });
  return trace?.candidates.find((candidate) => candidate.result === 'won')?.pattern;
}

it.each(cases)('$what: $patterns, dialled $dialled', ({ patterns, dialled, winner }) => {
  expect(winnerOf(patterns, dialled)).toBe(winner ?? undefined);
  expect(winnerOf([...patterns].reverse(), dialled)).toBe(winner ?? undefined);
});

it('leaves equally close patterns to the lower partition id', () => {
  const [a, b] = [aPartition('aa', ['[12]5']), aPartition('bb', ['[23]5'])];
  for (const partitions of [[a, b], [b, a]]) {
    const { trace } = decideCall(aCompiledPlan(aPlanOf(...partitions)), aDirectory([]), aCall('25'), { trace: true, revision: 'r' });
    expect(trace?.candidates[0]).toMatchObject({ partitionId: 'aa', result: 'won' });
    expect(trace?.candidates[1]).toMatchObject({ partitionId: 'bb', result: 'lost', why: 'As close as [12]5; partition aa comes before bb.' });
  }
});
