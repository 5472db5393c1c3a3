import { createHmac, randomBytes } from 'node:crypto';
import { headerOf, listOf, type Refusable } from './message.ts';

/** What we send, as latin1 text: what is ours is encoded as UTF-8 first. */

export interface Body {
  readonly type: string;
  readonly text: string;
}

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying', 180: 'Ringing', 200: 'OK', 400: 'Bad Request', 404: 'Not Found', 405: 'Method Not Allowed', 415: 'Unsupported Media Type', 416: 'Unsupported URI Scheme', 420: 'Bad Extension',
  422: 'Session Interval Too Small', 480: 'Temporarily Unavailable', 481: 'Call/Transaction Does Not Exist', 482: 'Loop Detected', 483: 'Too Many Hops', 487: 'Request Terminated',
  488: 'Not Acceptable Here', 489: 'Bad Event', 491: 'Request Pending', 500: 'Server Internal Error', 503: 'Service Unavailable', 505: 'Version Not Supported',
};

export const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, SUBSCRIBE, REGISTER';

export function newToken(): string {
  return randomBytes(12).toString('hex');
}

export function newBranch(): string {
  return `z9hG4bK${newToken()}`;
}

const SECRET = randomBytes(32);

/** Refusals keep no state, so a repeated request has to get the same tag again (RFC 3261 8.2.7). */
export function tagFor(request: Refusable): string {
  const identity = `${request.via.branch} ${headerOf(request, 'call-id') ?? ''} ${headerOf(request, 'cseq') ?? ''}`;
  return createHmac('sha256', SECRET).update(identity).digest('hex').slice(0, 24);
}

export function binary(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export interface ResponseParts {
  readonly status: number;
  readonly reason?: string;
  /** absent: none is added (100), or To has one already */
  readonly toTag?: string;
  /** what begins a dialog returns the Record-Route values as they came */
  readonly recordRoute?: boolean;
  readonly headers?: readonly string[];
  readonly body?: Body | undefined;
}

export function formatResponse(request: Refusable, userAgent: string, parts: ResponseParts): string {
  const to = headerOf(request, 'to') ?? '';
  const tagged = parts.toTag === undefined || /;\s*tag\s*=/i.test(to) ? to : `${to};tag=${parts.toTag}`;
  const lines = [
    `SIP/2.0 ${parts.status} ${clean(parts.reason ?? REASONS[parts.status] ?? 'Refused')}`,
    ...listOf(request, 'via').map((via) => `Via: ${via}`),
    ...echoed(request, 'From'),
    ...(to === '' ? [] : [`To: ${tagged}`]),
    ...echoed(request, 'Call-ID'),
    ...echoed(request, 'CSeq'),
    ...(parts.recordRoute ? listOf(request, 'record-route').map((route) => `Record-Route: ${route}`) : []),
    `Server: ${clean(userAgent)}`,
    ...(parts.headers ?? []).map(clean),
  ];
  return withBody(lines, parts.body);
}

/** What is missing in a bad request is missing in its answer. */
function echoed(request: Refusable, name: string): string[] {
  const value = headerOf(request, name.toLowerCase());
  return value === undefined ? [] : [`${name}: ${value}`];
}

export interface RequestParts {
  readonly method: string;
  readonly uri: string;
  readonly via: string;
  readonly routes: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly cseq: number;
  readonly userAgent: string;
  readonly headers: readonly string[];
  readonly body?: Body | undefined;
}

export function formatRequest(parts: RequestParts): string {
  const lines = [
    `${parts.method} ${parts.uri} SIP/2.0`,
    `Via: ${parts.via}`,
    ...parts.routes.map((route) => `Route: ${route}`),
    'Max-Forwards: 70',
    `From: ${parts.from}`,
    `To: ${parts.to}`,
    `Call-ID: ${parts.callId}`,
    `CSeq: ${parts.cseq} ${parts.method}`,
    `User-Agent: ${parts.userAgent}`,
    ...parts.headers,
  ];
  return withBody(lines.map(clean), parts.body);
}

/** No value of ours can begin a header line of its own. */
function clean(text: string): string {
  return binary(text.replace(/[\r\n\0]+/g, ' '));
}

function withBody(lines: readonly string[], body: Body | undefined): string {
  const content = binary(body?.text ?? '');
  const type = body === undefined ? [] : [`Content-Type: ${body.type}`];
  return [...lines, ...type, `Content-Length: ${content.length}`, '', content].join('\r\n');
}
