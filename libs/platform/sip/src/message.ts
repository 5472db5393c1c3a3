import { fail, ok, type Result } from '@sfs/kernel';
import { parseNameAddress, splitList, type NameAddress } from './address.ts';
import { parseVia, type Via } from './via.ts';

/**
 * SIP messages by hand instead of by sip.js' grammar, which needs 2 ms for one (ADR 7). Text is latin1 all the way, so that
 * what we send back is byte for byte what came; bodies and names are decoded where they are read.
 */

interface Parts {
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
  readonly via: Via;
  readonly from: NameAddress;
  readonly to: NameAddress;
  readonly callId: string;
  readonly cseq: number;
  /** of CSeq */
  readonly method: string;
}
export interface Request extends Parts {
  readonly kind: 'request';
  readonly uri: string;
}
export interface Response extends Parts {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}

/** `headers` are there when enough of a request was understood to refuse it. */
export interface Malformed {
  readonly status: number;
  readonly reason: string;
  readonly request: Refusable | undefined;
}
/** What an answer is made of. */
export interface Refusable {
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly via: Via;
}

const COMPACT: Readonly<Record<string, string>> = {
  v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', l: 'content-length', c: 'content-type', e: 'content-encoding', k: 'supported', s: 'subject', o: 'event', x: 'session-expires',
};
/** more than one of these is an attack or a mistake (RFC 4475 3.3.8) */
const SINGLE = ['from', 'to', 'call-id', 'cseq', 'max-forwards', 'content-length', 'expires'];
const LISTS = new Set(['via', 'route', 'record-route', 'contact', 'diversion', 'require', 'supported', 'allow']);
const MAX_HEADERS = 200;
const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

export function headerOf(message: Refusable | Parts, name: string): string | undefined {
  return message.headers.get(name)?.[0];
}

export function listOf(message: Refusable | Parts, name: string): readonly string[] {
  return message.headers.get(name) ?? [];
}

/** The values of Content-Length as they stand: framing must see what the parser sees. */
export function contentLengths(head: string): string[] {
  const values: string[] = [];
  for (const line of unfold(head).split('\r\n')) {
    const colon = line.indexOf(':');
    if (canonical(line.slice(0, Math.max(colon, 0))) === 'content-length') values.push(line.slice(colon + 1).trim());
  }
  return values;
}

function unfold(head: string): string {
  return head.includes('\r\n ') || head.includes('\r\n\t') ? head.replace(/\r\n[ \t]+/g, ' ') : head;
}

function canonical(name: string): string {
  const lower = name.trim().toLowerCase();
  return COMPACT[lower] ?? lower;
}

/** A datagram, or what framing cut out of a stream. */
export function parseMessage(bytes: Buffer): Result<Request | Response, Malformed> {
  const text = bytes.toString('latin1');
  const split = text.indexOf('\r\n\r\n');
  const head = unfold(split < 0 ? text : text.slice(0, split));
  const lineEnd = head.indexOf('\r\n');
  if (lineEnd < 0) return unanswerable('no headers');
  const first = head.slice(0, lineEnd);
  const headers = parseHeaders(head.slice(lineEnd + 2));
  if (!headers) return unanswerable('broken header lines');
  const via = parseVia(headers.get('via')?.[0] ?? '');
  if (!via) return unanswerable('no sound Via');
  const refusable = { headers, via };
  const start = parseFirstLine(first);
  // neither an ACK nor a response is ever answered
  const answerable = !/^(?:ACK\b|SIP\/)/i.test(first);
  const refuse = (reason: string, status = 400): Result<never, Malformed> => fail({ status, reason, request: answerable ? refusable : undefined });
  if (!start) return refuse('Bad first line', /^\S+ \S+ SIP\/(?!2\.0)\d+\.\d+$/i.test(first) ? 505 : 400);
  if (split < 0) return refuse('No end of headers');
  const body = bodyOf(headers, text.slice(split + 4));
  if (body === undefined) return refuse('Bad Content-Length');
  const parts = partsOf(refusable);
  if (typeof parts === 'string') return refuse(parts);
  if (start.kind === 'request' && start.method !== parts.method) return refuse('CSeq of another method');
  return ok({ ...start, ...parts, body });
}

function unanswerable(reason: string): Result<never, Malformed> {
  return fail({ status: 400, reason, request: undefined });
}

function parseHeaders(text: string): Map<string, string[]> | undefined {
  // a lone CR, LF or NUL could mean something else to the next reader
  if (/[\0]|\r(?!\n)|(?<!\r)\n/.test(text)) return undefined;
  const headers = new Map<string, string[]>();
  const lines = text.split('\r\n');
  if (lines.length > MAX_HEADERS) return undefined;
  for (const line of lines) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    const name = canonical(line.slice(0, colon));
    if (!TOKEN.test(name)) return undefined;
    const value = line.slice(colon + 1).trim();
    const values = LISTS.has(name) ? splitList(value) : [value];
    const known = headers.get(name);
    if (known) known.push(...values);
    else headers.set(name, values);
  }
  return headers;
}

type FirstLine = { readonly kind: 'request'; readonly method: string; readonly uri: string } | { readonly kind: 'response'; readonly status: number; readonly reason: string };

function parseFirstLine(line: string): FirstLine | undefined {
  if (line.startsWith('SIP/2.0 ')) {
    const status = line.slice(8, 11);
    const sound = /^[1-6]\d\d$/.test(status) && (line.length === 11 || line[11] === ' ');
    return sound ? { kind: 'response', status: Number(status), reason: line.slice(12) } : undefined;
  }
  const [method = '', uri = '', version = '', ...more] = line.split(' ');
  const sound = more.length === 0 && version.toUpperCase() === 'SIP/2.0' && TOKEN.test(method) && uri !== '' && !/[<>"\u0000-\u0020]/.test(uri);
  return sound ? { kind: 'request', method, uri } : undefined;
}

/** Without Content-Length the body is the rest of the datagram (RFC 3261 18.3). */
function bodyOf(headers: ReadonlyMap<string, readonly string[]>, rest: string): string | undefined {
  const given = headers.get('content-length');
  if (!given) return rest;
  const [length = ''] = given;
  if (given.length > 1 || !/^\d{1,6}$/.test(length) || Number(length) > rest.length) return undefined;
  return rest.slice(0, Number(length));
}

/** The fields every message has, or what is wrong with them. */
function partsOf(refusable: Refusable): Omit<Parts, 'body'> | string {
  const { headers, via } = refusable;
  const doubled = SINGLE.find((name) => (headers.get(name)?.length ?? 0) > 1);
  if (doubled !== undefined) return `More than one ${doubled}`;
  const from = parseNameAddress(headerOf(refusable, 'from') ?? '');
  const to = parseNameAddress(headerOf(refusable, 'to') ?? '');
  const callId = headerOf(refusable, 'call-id') ?? '';
  const cseq = /^(\d{1,10})[ \t]+([^ \t]+)$/.exec(headerOf(refusable, 'cseq') ?? '');
  if (!from || from.uri === '') return 'Bad From';
  if (!to || to.uri === '') return 'Bad To';
  if (callId === '' || /\s/.test(callId)) return 'Bad Call-ID';
  if (!cseq || Number(cseq[1]) > 2_147_483_647) return 'Bad CSeq';
  return { headers, via, from, to, callId, cseq: Number(cseq[1]), method: cseq[2] ?? '' };
}

/** Of what is kept byte for byte: what people wrote. */
export function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
