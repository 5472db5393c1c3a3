import { z } from 'zod';

export const stepSchema = z.object({
  ring: z.array(z.string()).meta({ description: 'SIP URIs rung together; one of the switch\'s own domain is looked up in the registrar, others are sent as they are.' }),
  timeout: z.int().min(0).meta({ description: 'Seconds to ring before it counts as no answer.' }),
  busy: z.int().min(0).optional().meta({ description: 'Next step after 486 or 600.' }),
  noAnswer: z.int().min(0).optional().meta({ description: 'Next step after 408 behind a 18x.' }),
  unreachable: z.int().min(0).optional().meta({ description: 'Next step when not registered, after 408 without 18x and after other failures.' }),
  reject: z.int().min(0).optional().meta({ description: 'Next step after 603, 403, 606, 607 and 3xx.' }),
  diversion: z.string().optional().meta({ description: 'Value of the Diversion header to add (RFC 5806).' }),
}).meta({ id: 'Step', description: 'An outcome that names no step ends the call with the code of this one. A step only ever points forward.' });

export const traceSchema = z.looseObject({
  revision: z.string(),
  caller: z.object({ number: z.string(), userId: z.string(), profileId: z.string(), profileFrom: z.enum(['user', 'switch', 'inbound', 'none']) }),
  stations: z.array(z.looseObject({ rule: z.string(), verdict: z.enum(['decided', 'passed', 'later']), text: z.string(), number: z.string(), origin: z.string().optional() })),
  candidates: z.array(z.looseObject({ partitionId: z.string(), partitionName: z.string(), pattern: z.string(), action: z.enum(['extension', 'trunk', 'block']), result: z.enum(['won', 'lost', 'no-match', 'inactive']), position: z.int().min(0).optional(), why: z.string() })),
}).meta({ id: 'Trace', description: 'Why: rules that decided or were passed, and every pattern with the reason it lost. For people; more fields may come.' });

/** The 200 answer, as published; a spec proves that real answers fit. */
export const answerSchema = z.object({
  version: z.literal(1),
  revision: z.string().meta({ description: 'Names the plan and the directory that decided; equal content has equal names at every instance.' }),
  emergency: z.boolean(),
  useOwnPlan: z.literal(true).optional().meta({ description: "The SIP server's own rules decide this call." }),
  reject: z.object({ code: z.int().min(0), reason: z.string() }).optional().meta({ description: 'Nobody is to be rung: refuse with this.' }),
  steps: z.array(stepSchema).meta({ description: 'Begin with step 0.' }),
  trace: traceSchema.optional(),
  staleness: z.record(z.string(), z.number()).meta({ description: 'OWNER@SITE: ms since the last sign of life of each source; -1 = never heard.' }),
  loadedFrom: z.enum(['live', 'snapshot']),
}).meta({ id: 'Answer' });

export const errorSchema = z.object({
  error: z.object({
    code: z.string().meta({ description: 'Stable.' }),
    message: z.string(),
    field: z.string().optional(),
    remedy: z.string().optional(),
  }),
}).meta({ id: 'Error' });
