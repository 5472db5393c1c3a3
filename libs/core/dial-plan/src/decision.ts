import type { Call } from './call.ts';
import type { CompiledPlan, CompiledProfile } from './compiled-plan.ts';
import type { Directory, DirectoryEntry } from './directory.ts';
import type { DiversionReason } from './sip-uri.ts';
import type { Outcome, StepList } from './step-list.ts';
import type { TraceLog } from './trace-log.ts';

/** One decision while it is made. */
export interface Decision {
  readonly plan: CompiledPlan;
  readonly directory: Directory;
  readonly call: Call;
  readonly trace: TraceLog | undefined;
  readonly steps: StepList;
  /** what happens when a step fails, first come first served, so that no deep branch eats the steps of the next one */
  readonly followUps: FollowUp[];
  /** follow-ups already placed, by reason and the numbers gone through */
  readonly placed: Map<string, Placed>;
  /** how a number is placed; handed in because a forward leads back to it */
  readonly place: (decision: Decision, leg: Leg) => Placed;
}

/** A number the call has got to. */
export interface Leg {
  readonly digits: string;
  readonly rights: Rights;
  /** numbers gone through in this branch, oldest first, this one last */
  readonly path: readonly string[];
  readonly diversion?: string | undefined;
  readonly state?: Call['target'];
}

/** With whose calling profile a number is dialled. */
export interface Rights {
  readonly profile: CompiledProfile | undefined;
  readonly profileId: string;
  readonly from: 'user' | 'switch' | 'inbound' | 'none';
}

/** Where a number leads: the first step of its branch, or the end of it. */
export type Placed = { readonly step: number } | { readonly end: { readonly code: number; readonly reason: string } };

export interface FollowUp {
  readonly step: number;
  readonly outcome: Outcome;
  readonly leg: Leg;
  readonly entry: DirectoryEntry;
  readonly setting: 'forwardOnNoAnswer' | 'forwardOnBusy';
  readonly reason: DiversionReason;
}

export const ended = (code: number, reason: string): Placed => ({ end: { code, reason } });

export function full(decision: Decision, digits: string): Placed {
  decision.trace?.decided('end', digits, 'The answer has no room for further steps: this branch ends here.');
  return ended(480, 'Temporarily Unavailable');
}

/** A profile that the user has but the switch does not is no profile: falling back to the default could widen a restricted user's rights. */
export function rightsOf(plan: CompiledPlan, entry: DirectoryEntry | undefined): Rights {
  const own = entry?.callingProfileId ?? '';
  return own === '' ? rights(plan, plan.settings.defaultProfileId, 'switch') : rights(plan, own, 'user');
}

export function rights(plan: CompiledPlan, profileId: string, from: Rights['from']): Rights {
  return { profile: plan.profiles.get(profileId), profileId, from: profileId === '' ? 'none' : from };
}
