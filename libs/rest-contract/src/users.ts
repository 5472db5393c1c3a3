import { z } from 'zod';
import { displayName, meta, name, number, uuid } from './shared-shapes.ts';

export const numberRef = z.object({ switchId: name, number });
export const user = z.object({
  meta,
  id: uuid,
  displayName: z.string(),
  email: z.string(),
  siteId: z.string(),
  /** '' = the switch's default profile */
  callingProfileId: z.string(),
  numbers: z.array(numberRef),
});
export type User = z.infer<typeof user>;

export const writeUser = z.object({
  displayName,
  email: z.union([z.literal(''), z.email()]).default(''),
  siteId: name,
  callingProfileId: z.union([z.literal(''), name]).default(''),
});
export type WriteUser = z.infer<typeof writeUser>;

export const deletedUser = z.object({ releasedNumbers: z.array(numberRef), callSettingsRemoved: z.boolean() });
export type DeletedUser = z.infer<typeof deletedUser>;

export const importRow = z.object({ line: z.int(), outcome: z.enum(['create', 'unchanged', 'refused']), field: z.string(), message: z.string(), userId: z.string() });
export const importResult = z.object({ dryRun: z.boolean(), rows: z.array(importRow) });
export type ImportResult = z.infer<typeof importResult>;
