import type { RankedPattern } from './build-matcher.ts';
import { compareCloseness } from './closest-match.ts';
import type { CompiledPartition } from './compiled-plan.ts';
import type { PatternAst } from './pattern.ts';
import type { PlanIssue } from './plan-issue.ts';

/** Pairs looked at per plan; more would hold up every save of a plan made of nothing but sets. */
const MAX_PAIRS = 500_000;
const MAX_FOUND = 100;

/** Patterns of different partitions, equally close, with a number in common: only the partition id decides between them. */
export function findOverlaps(
  partitions: readonly CompiledPartition[],
  groups: readonly { readonly ranked: readonly RankedPattern[] }[],
  silent: ReadonlySet<string>,
): readonly PlanIssue[] {
  const found = new Map<string, PlanIssue>();
  let pairs = 0;
  for (const { ranked } of groups) {
    for (const alike of equallyClose(ranked)) {
      for (let a = 0; a < alike.length && pairs < MAX_PAIRS && found.size < MAX_FOUND; a += 1) {
        for (let b = a + 1; b < alike.length; b += 1) {
          pairs += 1;
          const [first, second] = [alike[a], alike[b]];
          if (!first || !second || first.partition === second.partition || silent.has(keyOf(second)) || !meet(first.pattern, second.pattern)) continue;
          const key = `${keyOf(first)} ${keyOf(second)}`;
          if (!found.has(key)) found.set(key, overlap(partitions, first, second));
        }
      }
    }
  }
  return [...found.values()];
}

/** Runs of equal closeness, split by their literal digits: literals that differ can never meet, and most patterns are literal. */
function equallyClose(ranked: readonly RankedPattern[]): readonly RankedPattern[][] {
  const buckets = new Map<string, RankedPattern[]>();
  let run = 0;
  ranked.forEach((one, rank) => {
    const before = ranked[rank - 1];
    if (before && compareCloseness(before.pattern, one.pattern) !== 0) run += 1;
    const key = `${run} ${one.pattern.positions.map((position) => (position.width === 1 ? position.text : '?')).join('')}`;
    const bucket = buckets.get(key);
    if (bucket) bucket.push(one);
    else buckets.set(key, [one]);
  });
  return [...buckets.values()].filter((bucket) => bucket.length > 1);
}

const keyOf = (ranked: RankedPattern): string => `${ranked.partition} ${ranked.index}`;

const meet = (a: PatternAst, b: PatternAst): boolean => a.positions.every(({ mask }, at) => (mask & (b.positions[at]?.mask ?? 0)) !== 0);

function overlap(partitions: readonly CompiledPartition[], first: RankedPattern, second: RankedPattern): PlanIssue {
  const [winner, loser] = [partitions[first.partition]?.id ?? '', partitions[second.partition]?.id ?? ''];
  return {
    severity: 'warning',
    code: 'plan/overlap',
    partitionId: loser,
    pattern: second.pattern.text,
    message: `${second.pattern.text} in partition ${loser} and ${first.pattern.text} in partition ${winner} are equally close; what both take goes to ${winner}, because its id comes first.`,
    remedy: 'Narrow one of them, or put both into one partition.',
  };
}
