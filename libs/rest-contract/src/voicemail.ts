import { z } from 'zod';
import { layerName } from './call-settings.ts';
import { meta, pageQuery, uuid } from './shared-shapes.ts';

export const mailboxNumber = z.string().regex(/^[0-9]{1,16}$/, '1 to 16 digits');

/** What is set for this mailbox; a missing setting follows System. */
export const mailboxSettings = z.object({
  maxMessages: z.int().min(1).max(1000).optional(),
  maxMessageSeconds: z.int().min(10).max(3600).optional(),
  timeZone: z.string().min(1).max(64).describe('IANA zone, for example Europe/Berlin').optional(),
  administratorMayListen: z.boolean().optional(),
});
export type MailboxSettings = z.infer<typeof mailboxSettings>;

const effective = <T extends z.ZodType>(value: T) =>
  z.object({ value, origin: layerName.or(z.literal('mailbox')), layers: z.array(z.object({ layer: layerName.or(z.literal('mailbox')), value: value.optional() })) });
export const effectiveMailboxSettings = z.object({
  maxMessages: effective(z.int()),
  maxMessageSeconds: effective(z.int()),
  timeZone: effective(z.string()),
  administratorMayListen: effective(z.boolean()),
});

export const greetingKind = z.enum(['greeting', 'name']);
export const mailbox = z.object({
  meta,
  number: mailboxNumber,
  owner: z.object({ userId: uuid, displayName: z.string(), linkTag: z.string() }).nullable().describe('null: belongs to nobody'),
  settings: mailboxSettings,
  effective: effectiveMailboxSettings,
  counts: z.object({ new: z.int(), old: z.int(), deleted: z.int() }),
  lockedUntil: z.string().nullable().describe('PINs are refused until then'),
  pinMustChange: z.boolean(),
  greetings: z.array(z.object({ kind: greetingKind, durationMs: z.int(), recordedAt: z.string() })),
  lamp: z.object({ lit: z.boolean(), toldAt: z.string().nullable(), phones: z.int() }),
});
export type Mailbox = z.infer<typeof mailbox>;

export const createMailbox = z.object({ number: mailboxNumber, userId: uuid.optional(), settings: mailboxSettings.default({}) });
/** The one-time PIN is shown in this answer and never again. */
export const createdMailbox = mailbox.extend({ oneTimePin: z.string() });
export const oneTimePin = z.object({ oneTimePin: z.string() });
export const mailboxOwner = z.object({ userId: uuid.nullable() });

export const messagesQuery = pageQuery.omit({ q: true }).extend({ folder: z.enum(['kept', 'deleted']).default('kept') });
export const voiceMessage = z.object({
  id: z.string(),
  mailbox: mailboxNumber,
  recordedAt: z.string(),
  durationMs: z.int(),
  fromNumber: z.string().describe('empty: withheld'),
  fromName: z.string(),
  reason: z.string().describe('no-answer, busy, unreachable, all or direct'),
  state: z.enum(['new', 'old', 'deleted']),
  codec: z.string(),
  sizeBytes: z.int(),
  packetsLost: z.int(),
  truncated: z.boolean(),
  callId: z.string(),
});
export type VoiceMessage = z.infer<typeof voiceMessage>;
/** Good for a few minutes and for this message only; answers WAV with byte ranges. */
export const audioLink = z.object({ url: z.string(), expiresAt: z.string() });
