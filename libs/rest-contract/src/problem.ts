import { z } from 'zod';

/** RFC 9457 problem. `type` is the stable public code, e.g. `call-settings/forward-to-self`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** the request's id, also in the logs */
  requestId: z.string(),
  field: z.string().optional(),
  remedy: z.string().optional(),
  /** every fault of a refused body */
  issues: z.array(z.object({ field: z.string(), message: z.string(), remedy: z.string().optional() })).optional(),
  /** current state's tag, when stale (412) */
  currentTag: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;
