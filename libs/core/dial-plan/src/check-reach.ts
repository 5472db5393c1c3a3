import { type RankedPattern, rankPatterns } from './build-matcher.ts';
import type { CompiledPartition, CompiledProfile, Matcher } from './compiled-plan.ts';
import { findOverlaps } from './find-overlaps.ts';
import type { PlanIssue } from './plan-issue.ts';
import { PLAN_BUDGET, canWin, sampleOf } from './can-win.ts';
import { closestRank } from './trie.ts';

/** Warnings that need the patterns side by side: what never decides a call, and what only the last tie-break decides. */
export function checkReach(partitions: readonly CompiledPartition[], profiles: readonly CompiledProfile[], issues: PlanIssue[]): void {
  const groups = distinctMatchers(profiles).map(({ matcher, profile }) => ({ matcher, profile, ranked: rankPatterns(partitions, profile.partitions) }));
  const idle = new Map<string, PlanIssue>();
  const winning = new Set<string>();
  const budget = { left: PLAN_BUDGET };
  for (const { matcher, ranked } of groups) {
    ranked.forEach((one, rank) => {
      const key = `${one.partition} ${one.index}`;
      if (winning.has(key)) return;
      if (canWin(matcher.trie, one.pattern, rank, budget)) winning.add(key);
      else if (!idle.has(key)) idle.set(key, neverReached(partitions, matcher, one));
    });
  }
  const never = [...idle].filter(([key]) => !winning.has(key));
  for (const [, issue] of never) issues.push(issue);
  const silent = new Set(never.map(([key]) => key));
  for (const issue of findOverlaps(partitions, groups, silent)) issues.push(issue);
  checkUse(partitions, profiles, issues);
}

function distinctMatchers(profiles: readonly CompiledProfile[]): readonly { matcher: Matcher; profile: CompiledProfile }[] {
  const first = new Map<Matcher, CompiledProfile>();
  for (const profile of profiles) if (!first.has(profile.matcher)) first.set(profile.matcher, profile);
  return [...first].map(([matcher, profile]) => ({ matcher, profile }));
}

function neverReached(partitions: readonly CompiledPartition[], { trie, partitionOf, patternOf }: Matcher, { pattern, partition }: RankedPattern): PlanIssue {
  const sample = sampleOf(pattern);
  const rank = closestRank(trie, sample);
  const other = partitions[partitionOf[rank] ?? -1];
  const taker = other?.patterns[patternOf[rank] ?? -1];
  const id = partitions[partition]?.id ?? '';
  const by = taker && other ? `, for example ${taker.text} of partition ${other.id} takes ${sample}` : '';
  return {
    severity: 'warning',
    code: 'plan/never-reached',
    partitionId: id,
    pattern: pattern.text,
    message: `${pattern.text} in partition ${id} never decides a call: closer patterns take all of its numbers${by}.`,
    remedy: 'Take it out, or change the patterns that take its numbers.',
  };
}

function checkUse(partitions: readonly CompiledPartition[], profiles: readonly CompiledProfile[], issues: PlanIssue[]): void {
  const used = new Set(profiles.flatMap((profile) => profile.partitions));
  partitions.forEach((partition, place) => {
    if (!partition.active) return;
    if (!used.has(place)) {
      issues.push({ severity: 'warning', code: 'plan/unused-partition', partitionId: partition.id, message: `No calling profile has partition ${partition.id}: it decides no call.`, remedy: 'Add it to a calling profile, or switch it off.' });
    }
    const { action } = partition;
    if (action.kind !== 'trunk' || action.prefix !== '') return;
    for (const { text, positions, tail } of partition.patterns) {
      const least = positions.length + (tail === 'one-or-more' ? 1 : 0);
      if (least > action.stripDigits) continue;
      issues.push({ severity: 'warning', code: 'plan/nothing-left', partitionId: partition.id, pattern: text, message: `${text} in partition ${partition.id} takes numbers of ${least} digits, of which nothing is left after taking ${action.stripDigits} away: such calls are refused.`, remedy: 'Take fewer digits away, or make the pattern longer.' });
    }
  });
}
