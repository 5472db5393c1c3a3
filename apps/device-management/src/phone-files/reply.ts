import { createHash } from 'node:crypto';
import { readRange } from './byte-range.ts';
import { isUnchanged, type Conditions, type Validators } from './conditional.ts';

/** Every answer is counted under one of these. */
export const OUTCOMES = ['bootstrap', 'window', 'credential', 'common', 'unchanged', 'refused', 'wrong-credential', 'missing', 'limited', 'unavailable', 'busy', 'malformed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What goes over the line, and what to do when it has, or when the connection broke before. */
export interface Reply {
  readonly status: number;
  readonly outcome: Outcome;
  /** name, value, name, value: as node:http takes them without looking */
  readonly headers: readonly string[];
  /** undefined = none, but Content-Length may say how long a GET's would be */
  readonly body?: Uint8Array | undefined;
  settled?(complete: boolean): void;
}

export interface FileConditions extends Conditions {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

export interface ServedFile extends Validators {
  readonly body: Uint8Array;
  readonly contentType: string;
}

export interface FileAnswer {
  readonly status: 200 | 206 | 304 | 416;
  readonly headers: readonly string[];
  readonly body?: Uint8Array | undefined;
}

const CACHE = ['cache-control', 'no-store, private'] as const;
const UNCONDITIONAL: FileConditions = { ifNoneMatch: undefined, ifModifiedSince: undefined, range: undefined, ifRange: undefined };

/** The file, a part of it, or that it is the one the phone has. A HEAD has the headers of the GET and no body (RFC 9110 9.3.2). */
export function answerFile(file: ServedFile, method: 'GET' | 'HEAD', conditions: FileConditions = UNCONDITIONAL): FileAnswer {
  if (isUnchanged(conditions, file)) return { status: 304, headers: ['etag', file.etag, ...CACHE] };
  const size = file.body.byteLength;
  const range = method === 'GET' && conditions.range !== undefined ? readRange(conditions, size, file) : undefined;
  if (range === 'unsatisfiable') return { status: 416, headers: ['content-range', `bytes */${size}`, 'content-length', '0', ...CACHE] };
  const dated = file.lastModified === '' ? [] : ['last-modified', file.lastModified];
  const body = range ? file.body.subarray(range.first, range.last + 1) : file.body;
  const headers = ['content-type', file.contentType, 'content-length', String(body.byteLength), 'etag', file.etag, ...dated, 'accept-ranges', 'bytes', ...CACHE];
  if (range) return { status: 206, headers: [...headers, 'content-range', `bytes ${range.first}-${range.last}/${size}`], body };
  return { status: 200, headers, body: method === 'HEAD' ? undefined : body };
}

/** From the content alone: equal bytes have equal tags at every replica. */
export function etagOf(body: Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** An answer that says only what it is. Always the same bytes: it must not tell one MAC from another. */
export function plainReply(status: number, outcome: Outcome, text: string, more: readonly string[] = []): Reply {
  const body = Buffer.from(`${text}\n`);
  return { status, outcome, headers: ['content-type', 'text/plain; charset=utf-8', 'content-length', String(body.byteLength), ...CACHE, ...more], body };
}
