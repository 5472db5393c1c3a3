import { compareCloseness } from './closest-match.ts';
import type { CompiledPartition, Matcher } from './compiled-plan.ts';
import type { PatternAst } from './pattern.ts';
import { buildTrie } from './trie.ts';

/** One pattern in its place. */
export interface RankedPattern {
  readonly pattern: PatternAst;
  readonly partition: number;
  readonly index: number;
}

/** All patterns of the active ones among `members`, closest first; equally close ones by partition id, then by text, so that no order of editing matters. */
export function rankPatterns(partitions: readonly CompiledPartition[], members: readonly number[]): readonly RankedPattern[] {
  const all = members.flatMap((partition) => {
    const found = partitions[partition];
    return found?.active ? found.patterns.map((pattern, index) => ({ pattern, partition, index })) : [];
  });
  const idOf = (ranked: RankedPattern): string => partitions[ranked.partition]?.id ?? '';
  return all.sort((a, b) => compareCloseness(a.pattern, b.pattern) || order(idOf(a), idOf(b)) || order(a.pattern.text, b.pattern.text));
}

export function buildMatcher(partitions: readonly CompiledPartition[], members: readonly number[]): Matcher {
  const ranked = rankPatterns(partitions, members);
  return {
    trie: buildTrie(ranked.map((one) => one.pattern)),
    partitionOf: Int32Array.from(ranked, (one) => one.partition),
    patternOf: Int32Array.from(ranked, (one) => one.index),
  };
}

/** By code unit, not by locale: the same on every machine. */
export const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
