import { assertNever, DomainError, type ErrorKind } from '@sfs/kernel';
import type { Problem } from '@sfs/rest-contract';
import { EdgeError } from './edge-error.ts';

export interface Answer {
  readonly status: number;
  readonly body: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** the cause belongs in our log: nobody else will write it down */
  readonly unexpected: boolean;
}

export interface RequestFacts {
  readonly requestId: string;
  /** the request may have changed something */
  readonly writes: boolean;
  /** PUT with If-None-Match: * */
  readonly creates: boolean;
}

/** Who you are is unknown, as opposed to: you may not. */
const UNAUTHENTICATED = new Set(['sessions/required', 'sessions/ended', 'sessions/wrong-password', 'sessions/one-time-password-expired', 'tokens/unknown']);

const RETRY_SECONDS = '2';

/** Fields of our neighbours that a REST caller knows as headers. */
const HEADERS: Readonly<Record<string, string>> = { expectedTag: 'If-Match', idempotencyKey: 'Idempotency-Key' };

/** For a service that names none. */
const REMEDIES: Readonly<Record<number, string>> = {
  401: 'Sign in.',
  403: 'Ask an administrator.',
  404: 'Check the id.',
  409: 'Read what is there and choose another value.',
  412: 'Read it again and send the change with its ETag.',
  422: 'Correct the value as /api/openapi.json describes it.',
  429: 'Try again later.',
  503: 'Try again in a moment.',
};

/** Every failure as RFC 9457 problem. Exhaustive over the six kinds. */
export function problemOf(error: unknown, facts: RequestFacts): Answer {
  if (error instanceof EdgeError) return edgeAnswer(error, facts);
  if (error instanceof DomainError) return domainAnswer(error, facts);
  const framework = frameworkError(error);
  if (framework) return edgeAnswer(framework, facts);
  return internalAnswer(facts);
}

function edgeAnswer(error: EdgeError, facts: RequestFacts): Answer {
  const { headers = {}, issues, ...rest } = error.rest;
  const body: Problem = { type: error.code, title: error.message, status: error.status, requestId: facts.requestId, ...rest, ...(issues ? { issues: [...issues] } : {}) };
  return { status: error.status, body, headers, unexpected: false };
}

function domainAnswer(error: DomainError, facts: RequestFacts): Answer {
  if (error.code === 'internal') return internalAnswer(facts);
  if (error.kind === 'unavailable' && error.details['outcomeUnknown'] === true && facts.writes) return unknownOutcome(error, facts);
  const status = statusOf(error, facts);
  const { remedy = REMEDIES[status], currentTag } = error.details;
  const field = HEADERS[error.details.field ?? ''] ?? error.details.field;
  const body: Problem = {
    type: error.code,
    title: error.message,
    status,
    requestId: facts.requestId,
    ...(field === undefined ? {} : { field }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(typeof currentTag === 'string' ? { currentTag } : {}),
  };
  return { status, body, headers: headersOf(error, status), unexpected: false };
}

function statusOf(error: DomainError, facts: RequestFacts): number {
  // The neighbour refuses this gateway, not the caller.
  if (error.code === 'grpc/unauthenticated') return 503;
  // Whatever the caller's ETag looks like, it is none that is current.
  if (error.code === 'input/tag') return 412;
  const kind: ErrorKind = error.kind;
  switch (kind) {
    case 'invalid':
      return 422;
    case 'not-found':
      return 404;
    case 'conflict':
      return isPreconditionFailure(error.code, facts) ? 412 : 409;
    case 'denied':
      return UNAUTHENTICATED.has(error.code) ? 401 : 403;
    case 'exhausted':
      return 429;
    case 'unavailable':
      return 503;
    default:
      return assertNever(kind);
  }
}

function isPreconditionFailure(code: string, facts: RequestFacts): boolean {
  return code.endsWith('/stale-version') || code.endsWith('/stale') || (facts.creates && code.endsWith('/exists'));
}

function headersOf(error: DomainError, status: number): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer realm="sfs"' };
  if (status === 429) return { 'retry-after': String(error.details['retryAfterSeconds'] ?? RETRY_SECONDS) };
  return status === 503 ? { 'retry-after': RETRY_SECONDS } : {};
}

/** design.md 5.10: nobody knows whether it was written; the same request with the same key settles it. */
function unknownOutcome(error: DomainError, facts: RequestFacts): Answer {
  const body: Problem = {
    type: 'outcome-unknown',
    title: 'It is not known whether the change was made',
    status: 503,
    detail: error.message,
    requestId: facts.requestId,
    remedy: 'Send the same request again with the same Idempotency-Key: it is done once. Without a key, read the current state first.',
  };
  return { status: 503, body, headers: { 'retry-after': RETRY_SECONDS }, unexpected: false };
}

function internalAnswer(facts: RequestFacts): Answer {
  const body: Problem = {
    type: 'internal',
    title: 'The request failed inside SFS',
    status: 500,
    requestId: facts.requestId,
    remedy: 'Give the request id to the operator: the log tells the cause.',
  };
  return { status: 500, body, headers: {}, unexpected: true };
}

const FRAMEWORK: Readonly<Record<string, readonly [number, string, string, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'request/content-type', 'This content type is not taken here', 'Send application/json; charset=utf-8 (text/csv to /imports/users).'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'request/too-large', 'The body is too large', 'Send at most 64 KiB of JSON, or 1 MiB of CSV.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'request/content-length', 'The body is not as long as Content-Length says', 'Send the whole body.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'request/malformed-json', 'The body is empty', 'Send a JSON object.'],
  FST_ERR_BAD_URL: [400, 'request/url', 'The URL is not well encoded', 'Percent-encode the path as UTF-8.'],
};

function frameworkError(error: unknown): EdgeError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const known = FRAMEWORK[String(error.code)];
  return known && new EdgeError(known[0], known[1], known[2], { remedy: known[3] });
}
