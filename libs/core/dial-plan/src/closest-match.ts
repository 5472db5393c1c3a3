import type { PatternAst, PatternTail } from './pattern.ts';
import { codeOf } from './digits.ts';

/**
 * Closest match (guide, dial plan: 911 takes `911`, not `9XX`, whatever the order). The definition does not depend on the digits:
 * position by position the one that takes fewer characters, then fixed before variable length, then `.` before `!`.
 * Negative: a is closer than b; 0: equally close, so only the partition id can decide.
 */
export function compareCloseness(a: PatternAst, b: PatternAst): number {
  const shared = Math.min(a.positions.length, b.positions.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (a.positions[at]?.width ?? 0) - (b.positions[at]?.width ?? 0);
    if (difference !== 0) return difference;
  }
  return endWeight(a, shared) - endWeight(b, shared);
}

/** Two patterns that part here: the one that goes on names a position, the other ends or becomes variable. */
const endWeight = (pattern: PatternAst, at: number): number => (pattern.positions.length > at ? 1 : TAIL_WEIGHT[pattern.tail]);
const TAIL_WEIGHT: Record<PatternTail, number> = { none: 0, 'one-or-more': 2, 'zero-or-more': 3 };

/** 0-based digit where the pattern stops taking the number (its length when too short or too long), -1 when it takes all of it. */
export function mismatchAt(pattern: PatternAst, digits: string): number {
  const { positions, tail } = pattern;
  for (let at = 0; at < positions.length; at += 1) {
    if (at >= digits.length) return at;
    const code = codeOf(digits.charCodeAt(at));
    if (code < 0 || ((positions[at]?.mask ?? 0) & (1 << code)) === 0) return at;
  }
  if (tail === 'zero-or-more') return -1;
  const rest = digits.length - positions.length;
  return (tail === 'none') === (rest === 0) ? -1 : positions.length;
}
