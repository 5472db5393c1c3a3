import { decideCall, type Call, type CallDecision, type CompiledPlan, type Trace } from '@sfs/dial-plan';
import type { Question } from './question.ts';
import type { DecidingSwitch } from './switch-board.ts';

export type LivePlan = CompiledPlan;

const NONE: readonly string[] = [];

/** The core's view of a question; fields of the wire that mean nothing to it are left behind. */
export function callOf(question: Question): Call {
  return {
    callId: question.callId,
    from: question.from,
    to: question.to,
    origin: question.origin,
    diversions: question.diversions ?? NONE,
    target: question.target,
  };
}

export function decide(at: DecidingSwitch, call: Call): CallDecision {
  return decideCall(at.plan, at.directory, call, { revision: at.revision });
}

/** The same decision with its reasons: equal to that of `decide` as long as plan and directory are the same. */
export function explain(at: DecidingSwitch, call: Call): CallDecision & { readonly trace: Trace } {
  const decision = decideCall(at.plan, at.directory, call, { revision: at.revision, trace: true });
  if (!decision.trace) throw new Error('the core gave no trace');
  return { ...decision, trace: decision.trace };
}
