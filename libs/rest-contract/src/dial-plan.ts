import { z } from 'zod';
import { displayName, meta, name } from './shared-shapes.ts';

export const partitionAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('extension') }),
  z.object({
    kind: z.literal('trunk'),
    trunks: z.array(name).min(1).max(8),
    stripDigits: z.int().min(0).max(16).default(0),
    prefix: z.string().regex(/^\+?[0-9*#]{0,16}$/).default(''),
  }),
  z.object({ kind: z.literal('block'), code: z.int().min(400).max(699).default(403), reason: z.string().max(64).regex(/^[\x20-\x7e]*$/, 'printable ASCII').default('Forbidden') }),
]);

export const writePartition = z.object({
  name: displayName,
  active: z.boolean().default(true),
  patterns: z.array(z.string().min(1).max(64)).min(1).max(1000),
  action: partitionAction,
});
export const partition = writePartition.extend({ meta, id: name });
export type Partition = z.infer<typeof partition>;
export type WritePartition = z.infer<typeof writePartition>;

export const writeCallingProfile = z.object({ name: displayName, partitionIds: z.array(name).max(200) });
export const callingProfile = writeCallingProfile.extend({ meta, id: name });
export type CallingProfile = z.infer<typeof callingProfile>;

export const trunk = z.object({ name, uri: z.string().regex(/^sip:[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?$/, 'sip:HOST or sip:HOST:PORT') });
export const writeSwitchSettings = z.object({
  active: z.boolean().default(true),
  defaultProfileId: z.union([z.literal(''), name]).default(''),
  inboundProfileId: z.union([z.literal(''), name]).default(''),
  emergency: z.object({ numbers: z.array(z.string().regex(/^[0-9*#]{1,16}$/, 'literal digits')).max(32), trunk: z.union([z.literal(''), name]) }),
  trunks: z.array(trunk).max(64),
  maxForwards: z.int().min(1).max(20).default(5),
  /** no targets: no voicemail on this switch */
  voicemail: z.object({
    targets: z.array(z.string().regex(/^sip:[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?$/, 'sip:HOST or sip:HOST:PORT')).max(8).default([]),
    accessNumber: z.string().regex(/^[0-9*#]{0,16}$/, 'digits, * and #; empty for none').default(''),
  }).default({ targets: [], accessNumber: '' }),
});
export const switchSettings = writeSwitchSettings.extend({ meta });
export type SwitchSettings = z.infer<typeof switchSettings>;
export type WriteSwitchSettings = z.infer<typeof writeSwitchSettings>;

export const planIssue = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  partitionId: z.string(),
  pattern: z.string(),
  position: z.int(),
  message: z.string(),
});
export type PlanIssue = z.infer<typeof planIssue>;

export const dialPlan = z.object({ partitions: z.array(partition), callingProfiles: z.array(callingProfile), settings: switchSettings, issues: z.array(planIssue) });
export type DialPlan = z.infer<typeof dialPlan>;
