import { z } from 'zod';

/** What the SIP server asks about one call, as it arrives on the wire. */
export interface Question {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly origin: 'internal' | 'external';
  readonly diversions?: readonly string[] | undefined;
  readonly target?: { readonly ready?: boolean | undefined; readonly busy?: boolean | undefined } | undefined;
  readonly trace?: boolean | undefined;
  /** the only operation of this door; SIP Server marks requests with one, so the name is reserved */
  readonly op?: 'route' | undefined;
}

/** A body above this is refused unread: a question of a call with 32 diversions stays below 4 KiB. */
export const MAX_BODY_BYTES = 8192;
export const MAX_DEPTH = 8;
export const MAX_DIVERSIONS = 32;
export const MAX_CALL_ID = 256;
export const MAX_NUMBER = 64;

/** Printable ASCII: digits of other scripts and control characters are refused, never folded. */
const text = (minimum: number, maximum: number) =>
  z.string().min(minimum).max(maximum).regex(/^[\x20-\x7e]*$/, 'only printable ASCII characters are allowed');

/** The published shape (OpenAPI). `checkQuestion` is the same by hand for the hot path; a spec proves that both agree. */
export const questionSchema = z.object({
  callId: text(1, MAX_CALL_ID).meta({ description: 'Call-ID of the INVITE; the decision is found by it later.' }),
  from: text(0, MAX_NUMBER).meta({ description: "The authenticated caller's number, or what the trunk says. May be empty." }),
  to: text(1, MAX_NUMBER).meta({ description: 'As dialled.' }),
  origin: z.enum(['internal', 'external']).meta({ description: 'internal: one of our phones; external: a trunk.' }),
  diversions: z.array(text(1, MAX_NUMBER)).max(MAX_DIVERSIONS).optional()
    .meta({ description: 'Diversion or History-Info targets already gone through, oldest first.' }),
  target: z.object({ ready: z.boolean().optional(), busy: z.boolean().optional() }).optional()
    .meta({ description: 'State of the dialled number; absent = unknown, taken as ready and idle.' }),
  trace: z.boolean().optional().meta({ description: 'true: the answer explains itself.' }),
  op: z.literal('route').optional().meta({ description: 'Operation; another one is answered 501.' }),
}).meta({ id: 'Question' });
