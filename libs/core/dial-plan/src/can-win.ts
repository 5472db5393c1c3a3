import { ALPHABET, ANY_MASK, MAX_DIGITS } from './digits.ts';
import type { PatternAst, PatternTail } from './pattern.ts';
import { NO_RANK, type Trie, childrenOf } from './trie.ts';

/**
 * Trie nodes that may be looked at, per pattern and per plan. What would need more is taken as reachable: the check may miss one, but never
 * accuses wrongly, and a plan of thousands of sets (exponential otherwise) cannot hold up a save.
 */
const PATTERN_BUDGET = 2_000;
export const PLAN_BUDGET = 400_000;

/** What is left for the whole plan; goes down as patterns are checked. */
export interface Budget {
  left: number;
}

interface Look {
  readonly trie: Trie;
  readonly pattern: PatternAst;
  readonly rank: number;
  readonly budget: Budget;
}

/** Is there a number for which the pattern of this rank is the closest? Walks its numbers together with every closer pattern still in play. */
export function canWin(trie: Trie, pattern: PatternAst, rank: number, plan: Budget): boolean {
  const budget = { left: Math.min(PATTERN_BUDGET, plan.left) };
  const granted = budget.left;
  const wins = walk({ trie, pattern, rank, budget }, (trie.best[0] ?? NO_RANK) < rank ? [0] : [], 0, pattern.tail);
  plan.left -= granted - Math.max(0, budget.left);
  return wins;
}

/** `closer`: trie nodes that the digits so far lead to and that still hold a closer pattern. */
function walk(look: Look, closer: readonly number[], at: number, tail: PatternTail): boolean {
  look.budget.left -= closer.length;
  if (closer.length === 0 || look.budget.left <= 0) return true;
  const { trie, pattern } = look;
  const beats = (ranks: Int32Array): boolean => closer.some((node) => (ranks[node] ?? NO_RANK) < look.rank);
  const inTail = at >= pattern.positions.length;
  const mayEnd = inTail && tail !== 'one-or-more';
  if (mayEnd && !beats(trie.end) && !beats(trie.zeroOrMore)) return true;
  const mustEnd = (inTail && tail === 'none') || at >= MAX_DIGITS;
  if (mustEnd || beats(trie.oneOrMore) || beats(trie.zeroOrMore)) return false;
  return steps(look, closer, at).some((next) => walk(look, next, at + 1, inTail ? 'zero-or-more' : tail));
}

/** The different sets of closer nodes that one more digit of the pattern can lead to; the emptiest first, as it answers soonest. */
function steps({ trie, pattern, rank }: Look, closer: readonly number[], at: number): readonly (readonly number[])[] {
  const mask = pattern.positions[at]?.mask ?? ANY_MASK;
  const sets = new Map<string, readonly number[]>();
  for (let code = 0; code < ALPHABET.length; code += 1) {
    if ((mask & (1 << code)) === 0) continue;
    const next = closer.flatMap((node) => childrenOf(trie, node, code)).filter((node) => (trie.best[node] ?? NO_RANK) < rank);
    sets.set(next.join(' '), next);
  }
  return [...sets.values()].sort((a, b) => a.length - b.length);
}

/** A number that the pattern takes. */
export function sampleOf({ positions, tail }: PatternAst): string {
  const digits = positions.map(({ mask }) => ALPHABET.charAt(31 - Math.clz32(mask & -mask))).join('');
  return tail === 'one-or-more' ? `${digits}0` : digits;
}
