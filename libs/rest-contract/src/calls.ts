import { z } from 'zod';

export const simulateCall = z.object({
  from: z.string().max(64),
  to: z.string().min(1).max(64),
  origin: z.enum(['internal', 'external']).default('internal'),
  targetReady: z.boolean().optional(),
  targetBusy: z.boolean().optional(),
});
export type SimulateCall = z.infer<typeof simulateCall>;

export const planStep = z.object({
  ring: z.array(z.string()),
  timeout: z.int(),
  busy: z.int().optional(),
  noAnswer: z.int().optional(),
  unreachable: z.int().optional(),
  reject: z.int().optional(),
  diversion: z.string().optional(),
});
export const callPlan = z.object({
  version: z.literal(1),
  revision: z.string(),
  emergency: z.boolean(),
  useOwnPlan: z.literal(true).optional(),
  reject: z.object({ code: z.int(), reason: z.string() }).optional(),
  steps: z.array(planStep),
});
export type CallPlan = z.infer<typeof callPlan>;

export const station = z.object({
  rule: z.string(),
  verdict: z.enum(['decided', 'passed', 'later']),
  text: z.string(),
  number: z.string(),
  origin: z.string().optional(),
});
export const candidate = z.object({
  partitionId: z.string(),
  partitionName: z.string(),
  pattern: z.string(),
  action: z.enum(['extension', 'trunk', 'block']),
  result: z.enum(['won', 'lost', 'no-match', 'inactive']),
  position: z.int().optional(),
  why: z.string(),
});
export const trace = z.object({
  revision: z.string(),
  caller: z.object({ number: z.string(), userId: z.string(), profileId: z.string(), profileFrom: z.enum(['user', 'switch', 'inbound', 'none']) }),
  stations: z.array(station),
  candidates: z.array(candidate),
  candidatesLeftOut: z.int().optional().describe('further patterns that did not take the number'),
});
export type Trace = z.infer<typeof trace>;

export const simulatedCall = z.object({ plan: callPlan, trace, microseconds: z.int() });
export type SimulatedCall = z.infer<typeof simulatedCall>;

export const decision = z.object({
  time: z.string(),
  switchId: z.string(),
  callId: z.string(),
  from: z.string(),
  to: z.string(),
  summary: z.string(),
  outcome: z.enum(['route', 'reject', 'emergency', 'own-plan', 'refused']),
  revision: z.string(),
  microseconds: z.int(),
  replica: z.string(),
});
export type Decision = z.infer<typeof decision>;
export const explainedDecision = decision.extend({ plan: callPlan.optional(), trace: trace.optional() });
export type ExplainedDecision = z.infer<typeof explainedDecision>;
