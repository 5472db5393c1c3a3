import type { Decision as DecisionMessage } from '@sfs/contracts';
import { callPlan, type CallPlan, type Decision, type ExplainedDecision, trace, type Trace } from '@sfs/rest-contract';
import { DomainError } from '@sfs/kernel';
import type { z } from 'zod';

const OUTCOMES = ['route', 'reject', 'emergency', 'own-plan', 'refused'] as const;

export function decisionOf({ time, switchId, callId, from, to, summary, outcome, revision, microseconds, replica }: DecisionMessage): Decision {
  return { time, switchId, callId, from, to, summary, outcome: OUTCOMES.find((known) => known === outcome) ?? 'refused', revision, microseconds, replica };
}

export function explainedOf(message: DecisionMessage): ExplainedDecision {
  const decision = decisionOf(message);
  return {
    ...decision,
    ...(message.planJson === '' ? {} : { plan: planOf(message.planJson) }),
    ...(message.traceJson === '' ? {} : { trace: traceOf(message.traceJson) }),
  };
}

export function planOf(json: string): CallPlan {
  return parsed(callPlan, json);
}

export function traceOf(json: string): Trace {
  return parsed(trace, json);
}

/** JSON of another service is checked like any input; what it has beyond the contract (staleness) stays behind. */
function parsed<S extends z.ZodType>(schema: S, json: string): z.output<S> {
  const result = schema.safeParse(JSON.parse(json));
  if (result.success) return result.data;
  throw new DomainError('unavailable', 'internal', `The dial-plan service answered what the contract does not know: ${result.error.issues[0]?.path.join('.')}`);
}
