import { z } from 'zod';

/** One process as its management port tells it. */
export const serviceState = z.object({
  service: z.string(),
  instance: z.string(),
  alive: z.boolean(),
  ready: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});

export const dialPlanReplica = z.object({
  replica: z.string(),
  reachable: z.boolean(),
  loadedFrom: z.string(),
  switches: z.array(z.object({ switchId: z.string(), deciding: z.boolean(), revision: z.string(), reason: z.string() })),
  sources: z.array(z.object({ owner: z.string(), site: z.string(), ageMs: z.number().describe('-1 = never heard') })),
  refusals: z.array(z.object({ time: z.string(), switchId: z.string(), callId: z.string(), summary: z.string() })),
});

export const overview = z.object({ services: z.array(serviceState), replicas: z.array(dialPlanReplica) });
export type Overview = z.infer<typeof overview>;

/** One line of who did what; before and after are the entity's JSON. */
export const change = z.object({
  time: z.string(),
  actor: z.string(),
  owner: z.enum(['provisioning', 'dialplan', 'voicemail', 'devices', 'gateway']),
  kind: z.string(),
  entityId: z.string(),
  version: z.int(),
  deleted: z.boolean(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type Change = z.infer<typeof change>;

/** GET /effects waits (at most `timeoutMs`) until every reachable dial-plan replica decides with that version. */
export const effectQuery = z.object({
  kind: z.string().max(32),
  entityId: z.string().max(200),
  version: z.coerce.number().int().min(1),
  timeoutMs: z.coerce.number().int().min(100).max(10_000).default(5000),
});
export const effect = z.object({ inEffect: z.boolean(), waitedMs: z.int(), replicas: z.array(z.object({ replica: z.string(), inEffect: z.boolean(), revision: z.string() })) });
export type Effect = z.infer<typeof effect>;
