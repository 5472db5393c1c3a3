import { MAX_CALL_ID, MAX_DIVERSIONS, MAX_NUMBER, type Question } from './question.ts';

/** Why a body is no question: a stable code, the field at fault and what to do. */
export interface Fault {
  readonly status: 400 | 501;
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly remedy?: string;
}

const PRINTABLE = /^[\x20-\x7e]*$/;

const wrong = (field: string, remedy: string): Fault =>
  ({ status: 400, code: 'request/field-invalid', message: `${field} is missing or has a wrong value`, field, remedy });

const FAULTS = {
  shape: { status: 400, code: 'request/not-an-object', message: 'the body is not a JSON object', remedy: 'send one JSON object with callId, from, to and origin' } as const,
  callId: wrong('callId', `send a string of 1 to ${MAX_CALL_ID} printable ASCII characters`),
  from: wrong('from', `send a string of 0 to ${MAX_NUMBER} printable ASCII characters`),
  to: wrong('to', `send a string of 1 to ${MAX_NUMBER} printable ASCII characters, as dialled`),
  origin: wrong('origin', 'send "internal" or "external"'),
  diversions: wrong('diversions', `send a list of at most ${MAX_DIVERSIONS} numbers of 1 to ${MAX_NUMBER} printable ASCII characters, or leave it out`),
  target: wrong('target', 'send an object with ready and busy as true or false, or leave it out'),
  trace: wrong('trace', 'send true or false, or leave it out'),
  op: { status: 501, code: 'request/unknown-operation', message: 'this door knows the operation "route" only', field: 'op', remedy: 'leave op out or send "route"' } as const,
} satisfies Record<string, Fault>;

/** The hot path's twin of `questionSchema`: no allocation for a good question. Returns undefined when `value` is a Question. */
export function checkQuestion(value: unknown): Fault | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return FAULTS.shape;
  const q = value as { readonly [K in keyof Question]?: unknown };
  if (q.op !== undefined && q.op !== 'route') return FAULTS.op;
  if (!isText(q.callId, 1, MAX_CALL_ID)) return FAULTS.callId;
  if (!isText(q.from, 0, MAX_NUMBER)) return FAULTS.from;
  if (!isText(q.to, 1, MAX_NUMBER)) return FAULTS.to;
  if (q.origin !== 'internal' && q.origin !== 'external') return FAULTS.origin;
  if (q.diversions !== undefined && !isDiversions(q.diversions)) return FAULTS.diversions;
  if (q.target !== undefined && !isTarget(q.target)) return FAULTS.target;
  return isOptionalBoolean(q.trace) ? undefined : FAULTS.trace;
}

function isText(value: unknown, minimum: number, maximum: number): boolean {
  return typeof value === 'string' && value.length >= minimum && value.length <= maximum && PRINTABLE.test(value);
}

function isDiversions(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MAX_DIVERSIONS && value.every((number) => isText(number, 1, MAX_NUMBER));
}

function isTarget(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const target = value as { ready?: unknown; busy?: unknown };
  return isOptionalBoolean(target.ready) && isOptionalBoolean(target.busy);
}

const isOptionalBoolean = (value: unknown): boolean => value === undefined || typeof value === 'boolean';
