import { describe, expect, it } from 'vitest';
import { decideCall } from './decide-call.ts';
import { BLOCK, EXTENSION, aCall, aCompiledPlan, aDirectory, aPartition, aPlanOf } from './plan-builders.ts';
import type { Partition, PlanSource } from './plan-source.ts';
import type { Trace } from './trace.ts';

function traceOf(source: PlanSource, to: string): Trace {
  const { trace } = decideCall(aCompiledPlan(source), aDirectory([]), aCall(to), { trace: true, revision: 'p1-d1' });
  if (!trace) throw new Error('no trace');
  return trace;
}

const told = (to: string, ...partitions: readonly Partition[]): readonly string[] => traceOf(aPlanOf(...partitions), to).candidates.map(({ pattern, result, position = '-', why }) => `${pattern} ${result} ${position} ${why}`);

describe('why a pattern won or lost', () => {
  it('tells the grid of the page', () => {
    const candidates = told(
      '1002',
      aPartition('internal', ['1XXX']),
      aPartition('lobby', ['1.']),
      aPartition('old', ['XXXX'], BLOCK),
      aPartition('short', ['10X', '12!', '10XX5']),
      aPartition('night', ['100X'], EXTENSION, false),
      aPartition('asleep', ['2XXX'], EXTENSION, false),
    );
    expect(candidates).toEqual([
      '1XXX won - Won: 1 literal digit, fixed length.',
      '1. lost 1 Lost at digit 2: takes any length, X exactly one digit.',
      'XXXX lost 0 Lost at digit 1: X is wider than 1. Would have blocked.',
      '100X inactive - The partition is inactive. Would have won.',
      '2XXX inactive - The partition is inactive, and the pattern does not take this number.',
      '10XX5 no-match 4 No match: takes 5 digits, 4 were dialled.',
      '10X no-match 3 No match: takes 3 digits, 4 were dialled.',
      '12! no-match 1 No match at digit 2: 0 is not 2.',
    ]);
  });

  it('tells the end of the number apart', () => {
    expect(told('12', aPartition('a', ['12', '12!', '12.']))).toEqual([
      '12 won - Won: 2 literal digits, fixed length.',
      '12! lost 2 Lost after digit 2: takes any length, 12 exactly 2 digits.',
      '12. no-match 2 No match: takes 3 digits or more, 2 were dialled.',
    ]);
    expect(told('123', aPartition('a', ['12!', '12.']))).toEqual(['12. won - Won: 2 literal digits, any length.', '12! lost 2 Lost at digit 3: ! takes nothing or more, . at least one digit.']);
  });

  it('shows at most 50, the winner among them, and says how many are left out', () => {
    const wide = Array.from({ length: 80 }, (_, n) => `[0-${(n % 8) + 1}]${'X'.repeat(3)}${n % 2 === 0 ? '' : '!'}`);
    const trace = traceOf(aPlanOf(aPartition('a', wide), aPartition('z', ['1002'])), '1002');
    expect(trace.candidates).toHaveLength(50);
    expect(trace.candidates[0]).toMatchObject({ pattern: '1002', result: 'won' });
    expect(trace.candidatesLeftOut).toBe(31);
  });
});
