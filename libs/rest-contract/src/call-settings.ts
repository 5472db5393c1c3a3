import { z } from 'zod';
import { meta, number } from './shared-shapes.ts';

export const forwardTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('number'), number }),
  z.object({ kind: z.literal('voicemail') }),
  z.object({ kind: z.literal('find-me') }),
]);
export type ForwardTarget = z.infer<typeof forwardTarget>;

/** What is set at one layer; a missing setting follows the layer above. */
export const callSettings = z.object({
  rejectOnNotReady: z.boolean().optional(),
  callWaiting: z.boolean().optional(),
  forwardAll: forwardTarget.optional(),
  forwardOnNoAnswer: forwardTarget.optional(),
  noAnswerTimeoutSeconds: z.int().min(5).max(60).multipleOf(5, '5 to 60 s in steps of 5').optional(),
  forwardOnBusy: forwardTarget.optional(),
});
export type CallSettings = z.infer<typeof callSettings>;

export const layerName = z.enum(['system', 'tenant', 'site', 'user']);
const effective = <T extends z.ZodType>(value: T) =>
  z.object({ value, origin: layerName, layers: z.array(z.object({ layer: layerName, value: value.optional() })) });

export const effectiveCallSettings = z.object({
  rejectOnNotReady: effective(z.boolean()),
  callWaiting: effective(z.boolean()),
  forwardAll: effective(forwardTarget),
  forwardOnNoAnswer: effective(forwardTarget),
  noAnswerTimeoutSeconds: effective(z.int()),
  forwardOnBusy: effective(forwardTarget),
});
export type EffectiveCallSettings = z.infer<typeof effectiveCallSettings>;

/** GET and PUT answer both: what is set here, and what is in effect and why. `meta.tag` is '' while nothing was ever set here: PUT then needs `If-None-Match: *`. */
export const callSettingsView = z.object({ meta, settings: callSettings, effective: effectiveCallSettings });
export type CallSettingsView = z.infer<typeof callSettingsView>;
