import type { CompiledPartition } from './compiled-plan.ts';
import { type Decision, type Leg, type Placed, ended, full } from './decision.ts';
import { explainCandidates } from './explain-candidates.ts';
import type { PatternAst } from './pattern.ts';
import { trunkUri } from './sip-uri.ts';
import { NO_RANK, closestRank } from './trie.ts';
import { visitUser } from './visit-user.ts';

/** Far ends play their own announcements; a proxy's longest wait (RFC 3261, timer C) is three minutes. */
export const TRUNK_RING_SECONDS = 120;

interface Match {
  readonly partition: CompiledPartition;
  readonly pattern: PatternAst;
}

/** Closest match with the rights of the leg, then what its partition says. */
export function placeNumber(decision: Decision, leg: Leg): Placed {
  const { profile, profileId } = leg.rights;
  if (!profile) {
    const missing = profileId === '' ? 'none' : `${profileId}, which this switch does not have`;
    decision.trace?.decided('profile', leg.digits, `Calling profile: ${missing}. Only emergency numbers may be dialled.`);
    return ended(403, 'No Calling Profile');
  }
  const match = findMatch(decision, leg);
  if (!match) return ended(404, 'No Route');
  const { action } = match.partition;
  if (action.kind === 'extension') return visitUser(decision, leg);
  if (action.kind === 'trunk') return goOut(decision, leg, action);
  decision.trace?.decided('block', leg.digits, `Partition ${match.partition.name} blocks ${leg.digits}: ${action.code} ${action.reason}.`);
  return ended(action.code, action.reason);
}

function findMatch(decision: Decision, leg: Leg): Match | undefined {
  const { plan, trace } = decision;
  const { digits, rights } = leg;
  const { profile } = rights;
  if (!profile) return undefined;
  const rank = closestRank(profile.matcher.trie, digits);
  const partition = rank === NO_RANK ? undefined : plan.partitions[profile.matcher.partitionOf[rank] ?? -1];
  const pattern = partition?.patterns[profile.matcher.patternOf[rank] ?? -1];
  const match = partition && pattern ? { partition, pattern } : undefined;
  if (trace) tellMatch(decision, leg, match);
  return match;
}

/** The candidates are told for the number dialled; along a forward the winner will do. */
function tellMatch({ plan, trace }: Decision, { digits, rights, path }: Leg, match: Match | undefined): void {
  if (!trace || !rights.profile) return;
  const winner = match ? `${match.pattern.text} of ${match.partition.name}` : `No pattern of ${rights.profile.name} takes ${digits}`;
  if (path.length > 1) return trace.decided('match', digits, `${winner}.`);
  const found = explainCandidates(plan, rights.profile, digits, match);
  trace.candidates = found.candidates;
  trace.candidatesLeftOut = found.leftOut;
  return trace.decided('match', digits, match ? `${winner}, closest of ${found.matching}.` : `${winner}.`);
}

function goOut(decision: Decision, { digits, diversion }: Leg, action: Extract<CompiledPartition['action'], { kind: 'trunk' }>): Placed {
  const { plan, trace, steps } = decision;
  const number = action.prefix + digits.slice(action.stripDigits);
  if (number === '' || number === '+') {
    trace?.decided('trunk', digits, `Nothing is left of ${digits} after taking ${action.stripDigits} digits away.`);
    return ended(484, 'Address Incomplete');
  }
  let first = -1;
  let before = -1;
  for (const name of action.trunks) {
    const trunk = plan.trunks.get(name);
    if (!trunk) continue;
    const step = steps.add({ ring: [trunkUri(trunk, number)], timeout: TRUNK_RING_SECONDS }, `out by ${name}`, diversion);
    if (step < 0) break;
    if (first < 0) first = step;
    else steps.link(before, 'unreachable', step);
    before = step;
  }
  if (first < 0) return full(decision, digits);
  trace?.decided('trunk', digits, `Out by ${action.trunks.join(', then ')} as ${number}.`);
  return { step: first };
}
