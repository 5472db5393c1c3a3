import type { Call } from './call.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import { type Decision, type Rights, rights, rightsOf } from './decision.ts';
import { normaliseDialled } from './digits.ts';
import type { Directory } from './directory.ts';
import { runFollowUps } from './follow-forward.ts';
import { placeNumber } from './place-number.ts';
import type { CallPlan } from './plan.ts';
import { trunkUri } from './sip-uri.ts';
import { StepList } from './step-list.ts';
import { isAccessNumber, openMailbox } from './take-message.ts';
import type { Trace } from './trace.ts';
import { TraceLog } from './trace-log.ts';

/** An emergency call is never cut short by us: timer C of RFC 3261 is more than three minutes. */
export const EMERGENCY_RING_SECONDS = 180;

export interface DecideOptions {
  /** collect why; costs a scan of the profile's patterns */
  readonly trace?: boolean | undefined;
  /** put into the answer, e.g. `p12-d345` */
  readonly revision: string;
}

export type DecisionOutcome = 'route' | 'reject' | 'emergency' | 'own-plan';

export interface CallDecision {
  readonly plan: CallPlan;
  /** one line for people: "Rings 1003, then 1004" */
  readonly summary: string;
  readonly outcome: DecisionOutcome;
  readonly trace?: Trace;
}

/** Decides one call from memory: emergency, plan switched off, caller's profile and closest match, then the called user's settings. Never throws for bad input. */
export function decideCall(plan: CompiledPlan, directory: Directory, call: Call, options: DecideOptions): CallDecision {
  const trace = options.trace === true ? new TraceLog() : undefined;
  const decided = decide({ plan, directory, call, trace, steps: new StepList(), followUps: [], placed: new Map(), place: placeNumber });
  const answer = { version: 1, revision: options.revision, ...decided.plan } as const;
  return { plan: answer, summary: decided.summary, outcome: decided.outcome, ...(trace && { trace: trace.finish(options.revision) }) };
}

type Answer = Omit<CallDecision, 'plan' | 'trace'> & { readonly plan: Omit<CallPlan, 'version' | 'revision'> };

function decide(decision: Decision): Answer {
  const { plan, call, trace } = decision;
  const dialled = normaliseDialled(call.to);
  if (dialled.ok && plan.emergencyNumbers.has(dialled.value)) return emergency(decision, dialled.value);
  trace?.passed('emergency', call.to, 'No emergency number.');
  if (!plan.settings.active) {
    trace?.decided('plan-off', call.to, 'The dial plan of this switch is off: the rules of the SIP server decide.');
    return { plan: { emergency: false, useOwnPlan: true, steps: [] }, summary: "The SIP server's own plan decides", outcome: 'own-plan' };
  }
  if (!dialled.ok) {
    trace?.decided('dialled', call.to, dialled.error);
    return refused(404, 'Not A Number');
  }
  if (dialled.value !== call.to) trace?.passed('dialled', dialled.value, `${call.to} is taken as ${dialled.value}.`);
  return route(decision, dialled.value);
}

function route(decision: Decision, digits: string): Answer {
  const { call, steps, trace } = decision;
  const callers = callersRights(decision);
  if (callers.profile) trace?.decided('profile', digits, `Calling profile ${callers.profile.name}, ${PROFILE_FROM[callers.from]}.`, callers.from);
  const leg = { digits, rights: callers, path: [digits], state: call.target };
  // Whoever has a phone may hear his messages, whatever his profile lets him dial; from outside the inbound profile must reach the number.
  const placed = call.origin === 'internal' && isAccessNumber(decision.plan, digits) ? openMailbox(decision, leg) : placeNumber(decision, leg);
  if ('end' in placed) return refused(placed.end.code, placed.end.reason);
  runFollowUps(decision);
  return { plan: { emergency: false, steps: steps.steps }, summary: steps.inWords(), outcome: 'route' };
}

const PROFILE_FROM: Record<Rights['from'], string> = { user: 'set for the user', switch: 'default of the switch', inbound: 'for calls from a trunk', none: 'none' };

/** First of all and on its own: no profile, block, forward, loop count or switched-off plan is looked at. */
function emergency(decision: Decision, digits: string): Answer {
  const { plan, trace } = decision;
  if (trace) callersRights(decision);
  const name = plan.settings.emergency.trunk;
  const trunk = plan.trunks.get(name);
  trace?.decided('emergency', digits, `${digits} is an emergency number: out by ${name}, whatever else is set.`);
  const ring = trunk ? [trunkUri(trunk, digits)] : [];
  return { plan: { emergency: true, steps: [{ ring, timeout: EMERGENCY_RING_SECONDS }] }, summary: `Emergency: out by ${name}`, outcome: 'emergency' };
}

function callersRights({ plan, directory, call, trace }: Decision): Rights {
  const entry = call.origin === 'internal' ? directory.find(call.from) : undefined;
  const found = call.origin === 'internal' ? rightsOf(plan, entry) : rights(plan, plan.settings.inboundProfileId, 'inbound');
  if (trace) trace.caller = { number: call.from, userId: entry?.userId ?? '', profileId: found.profileId, profileFrom: found.from };
  return found;
}

const refused = (code: number, reason: string): Answer => ({
  plan: { emergency: false, reject: { code, reason }, steps: [] },
  summary: `Refused ${code}: ${reason}`,
  outcome: 'reject',
});
