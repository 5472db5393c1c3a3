import { type Result, fail, ok, stripSeparators } from '@sfs/kernel';
import { buildMatcher, order } from './build-matcher.ts';
import { checkEmergency } from './check-emergency.ts';
import { checkReach } from './check-reach.ts';
import { checkSource, trunkParts } from './check-source.ts';
import type { CompiledPartition, CompiledPlan, CompiledProfile, Matcher } from './compiled-plan.ts';
import { parsePattern } from './parse-pattern.ts';
import type { PatternAst } from './pattern.ts';
import { type PlanIssue, capped, hasErrors } from './plan-issue.ts';
import type { Partition, PlanSource } from './plan-source.ts';

/** Compiles once per change. A plan with any error never becomes live: all issues (warnings too) come back. Never throws for bad input. */
export function compilePlan(source: PlanSource): Result<CompiledPlan, readonly PlanIssue[]> {
  const issues: PlanIssue[] = [];
  const partitions = [...source.partitions].sort((a, b) => order(a.id, b.id)).map((partition) => compilePartition(partition, issues));
  checkSource(source, issues);
  checkEmergency(source.settings, partitions, issues);
  if (hasErrors(issues)) return fail(capped(issues));
  const profiles = compileProfiles(source, partitions);
  checkReach(partitions, profiles, issues);
  return ok({
    tenant: source.tenant,
    switchId: source.switchId,
    sipDomain: source.sipDomain,
    settings: source.settings,
    emergencyNumbers: new Set(source.settings.emergency.numbers.map(stripSeparators)),
    partitions,
    profiles: new Map(profiles.map((profile) => [profile.id, profile])),
    trunks: new Map(source.settings.trunks.map(({ name, uri }) => [name, trunkParts(uri)])),
    voicemailTargets: source.settings.voicemail.targets.map(trunkParts),
    warnings: capped(issues),
  });
}

function compilePartition(partition: Partition, issues: PlanIssue[]): CompiledPartition {
  const patterns: PatternAst[] = [];
  for (const text of partition.patterns) {
    const parsed = parsePattern(text);
    if (parsed.ok) {
      patterns.push(parsed.value);
      continue;
    }
    const { position, message, remedy } = parsed.error;
    issues.push({ severity: 'error', code: 'plan/bad-pattern', partitionId: partition.id, pattern: text, position, message, remedy });
  }
  return { ...partition, patterns: patterns.sort((a, b) => order(a.text, b.text)) };
}

function compileProfiles(source: PlanSource, partitions: readonly CompiledPartition[]): readonly CompiledProfile[] {
  const placeOf = new Map(partitions.map((partition, place) => [partition.id, place]));
  const shared = new Map<string, Matcher>();
  return source.callingProfiles.map(({ id, name, partitionIds }) => {
    const members = [...new Set(partitionIds.flatMap((partitionId) => placeOf.get(partitionId) ?? []))].sort((a, b) => a - b);
    const key = members.filter((place) => partitions[place]?.active).join(' ');
    const matcher = shared.get(key) ?? buildMatcher(partitions, members);
    shared.set(key, matcher);
    return { id, name, partitions: members, matcher };
  });
}
