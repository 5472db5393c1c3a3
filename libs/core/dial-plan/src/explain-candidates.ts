import { compareCloseness, mismatchAt } from './closest-match.ts';
import type { CompiledPartition, CompiledPlan, CompiledProfile } from './compiled-plan.ts';
import type { PatternAst } from './pattern.ts';
import type { Candidate } from './trace.ts';

/** A plan can have thousands of patterns; the grid on the page and the stored decision cannot. */
const MAX_CANDIDATES = 50;
const ORDER: Record<Candidate['result'], number> = { won: 0, lost: 1, inactive: 2, 'no-match': 3 };

interface Winner {
  readonly partition: CompiledPartition;
  readonly pattern: PatternAst;
}

/** Every pattern of the profile beside the winner, with the digit at which it lost: the naive scan, for people. */
export function explainCandidates(
  plan: CompiledPlan,
  profile: CompiledProfile,
  digits: string,
  winner: Winner | undefined,
): { readonly candidates: readonly Candidate[]; readonly leftOut: number; readonly matching: number } {
  const near = scan(plan, profile, digits);
  const matching = near[0]?.filter(({ partition }) => partition.active) ?? [];
  const candidates: Candidate[] = [];
  let total = 0;
  for (const group of near) {
    total += group?.length ?? 0;
    for (const one of group ?? []) if (group === near[0] || candidates.length < MAX_CANDIDATES) candidates.push(explain(one, digits, winner));
  }
  candidates.sort((a, b) => ORDER[a.result] - ORDER[b.result]);
  return { candidates: candidates.slice(0, MAX_CANDIDATES), leftOut: Math.max(0, total - MAX_CANDIDATES), matching: matching.length };
}

interface Near {
  readonly partition: CompiledPartition;
  readonly pattern: PatternAst;
  readonly stop: number;
}

/** What takes the number first, then what took most digits of it: only what is shown is put into words. */
function scan(plan: CompiledPlan, profile: CompiledProfile, digits: string): readonly (readonly Near[] | undefined)[] {
  const byStop: Near[][] = [];
  for (const place of profile.partitions) {
    const partition = plan.partitions[place];
    if (!partition) continue;
    for (const pattern of partition.patterns) {
      const stop = mismatchAt(pattern, digits);
      const group = stop < 0 ? 0 : digits.length + 1 - Math.min(stop, digits.length);
      (byStop[group] ??= []).push({ partition, pattern, stop });
    }
  }
  return Array.from(byStop);
}

function explain({ partition, pattern, stop }: Near, digits: string, winner: Winner | undefined): Candidate {
  const about = { partitionId: partition.id, partitionName: partition.name, pattern: pattern.text, action: partition.action.kind };
  if (!partition.active) return { ...about, result: 'inactive', why: stop < 0 ? `The partition is inactive. ${wouldHave(partition, pattern, winner)}`.trim() : 'The partition is inactive, and the pattern does not take this number.' };
  if (stop >= 0) return { ...about, result: 'no-match', position: stop, why: noMatch(pattern, digits, stop) };
  if (!winner || (partition.id === winner.partition.id && pattern.text === winner.pattern.text)) return { ...about, result: 'won', why: `Won: ${praise(pattern)}.` };
  return { ...about, result: 'lost', ...lostAgainst(partition, pattern, winner) };
}

function lostAgainst(partition: CompiledPartition, pattern: PatternAst, winner: Winner): { readonly position?: number; readonly why: string } {
  const closest = winner.pattern;
  const would = partition.action.kind === 'block' && winner.partition.action.kind !== 'block' ? ' Would have blocked.' : '';
  if (compareCloseness(pattern, closest) === 0) {
    const why = partition.id === winner.partition.id ? `As close as ${closest.text} of the same partition.` : `As close as ${closest.text}; partition ${winner.partition.id} comes before ${partition.id}.`;
    return { why: why + would };
  }
  let at = 0;
  while (at < pattern.positions.length && pattern.positions[at]?.width === closest.positions[at]?.width) at += 1;
  return { position: at, why: `${comparison(pattern, closest, at)}${would}` };
}

/** At the first place where they differ; the closer one is never the one of any length. */
function comparison(pattern: PatternAst, closest: PatternAst, at: number): string {
  const [here, there] = [pattern.positions[at], closest.positions[at]];
  if (here && there) return `Lost at digit ${at + 1}: ${here.text} is wider than ${there.text}.`;
  if (there) return `Lost at digit ${at + 1}: takes any length, ${there.text} exactly one digit.`;
  if (closest.tail === 'none') return `Lost after digit ${at}: takes any length, ${closest.text} exactly ${counted(at)}.`;
  return `Lost at digit ${at + 1}: ! takes nothing or more, . at least one digit.`;
}

function noMatch(pattern: PatternAst, digits: string, stop: number): string {
  const { positions, tail } = pattern;
  if (stop < positions.length && stop < digits.length) return `No match at digit ${stop + 1}: ${digits[stop]} is not ${positions[stop]?.text ?? ''}.`;
  const least = positions.length + (tail === 'one-or-more' ? 1 : 0);
  return `No match: takes ${tail === 'none' ? counted(least) : `${counted(least)} or more`}, ${digits.length} ${digits.length === 1 ? 'was' : 'were'} dialled.`;
}

function praise({ positions, tail }: PatternAst): string {
  const literals = positions.filter((position) => position.width === 1).length;
  return `${literals} literal ${literals === 1 ? 'digit' : 'digits'}, ${tail === 'none' ? 'fixed length' : 'any length'}`;
}

function wouldHave(partition: CompiledPartition, pattern: PatternAst, winner: Winner | undefined): string {
  if (winner && compareCloseness(pattern, winner.pattern) >= 0) return '';
  return partition.action.kind === 'block' ? 'Would have blocked.' : 'Would have won.';
}

const counted = (digits: number): string => `${digits} ${digits === 1 ? 'digit' : 'digits'}`;
