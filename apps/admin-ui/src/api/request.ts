import { type Problem, type RouteName, routes } from '@sfs/rest-contract';
import type { z } from 'zod';

type Routes = typeof routes;
export type Answer<N extends RouteName> = Routes[N] extends { response: infer S extends z.ZodType } ? z.output<S> : undefined;
export type Body<N extends RouteName> = Routes[N] extends { body: infer S extends z.ZodType } ? z.input<S> : undefined;

/** What the server refused, or `status` 0 when it did not answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.title);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

export interface Call<N extends RouteName> {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Body<N>;
  /** tag the change is based on; '' = must not exist yet */
  readonly tag?: string;
  /** the same key makes a retry after an unknown outcome count once */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

const BASE = '/api/v1';

export async function request<N extends RouteName>(name: N, call: Call<N> = {}): Promise<Answer<N>> {
  const route = routes[name];
  const response = await fetch(BASE + fill(route.path, call.path) + queryOf(call.query), {
    method: route.method,
    headers: headersOf(call),
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
    signal: call.signal ?? null,
    credentials: 'same-origin',
  }).catch((error: unknown) => {
    if (call.signal?.aborted) throw error;
    throw unanswered();
  });
  if (!response.ok) throw new ApiError(response.status, await problemOf(response));
  if (response.status === 204) return undefined as Answer<N>;
  return (await response.json()) as Answer<N>;
}

/** For Idempotency-Key; randomUUID is missing on plain http, getRandomValues is not. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function headersOf(call: Call<RouteName>): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  if (call.tag === '') headers['if-none-match'] = '*';
  else if (call.tag !== undefined) headers['if-match'] = `"${call.tag}"`;
  if (call.key) headers['idempotency-key'] = call.key;
  return headers;
}

function fill(path: string, values: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function queryOf(values: Readonly<Record<string, string | number | undefined>> = {}): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  return given.length ? `?${new URLSearchParams(given).toString()}` : '';
}

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && 'title' in body) return body as Problem;
  return { type: 'ui/no-words', title: `The server answered ${response.status}`, status: response.status, requestId: response.headers.get('x-request-id') ?? '' };
}

function unanswered(): ApiError {
  return new ApiError(0, { type: 'ui/unanswered', title: 'The server does not answer', status: 0, requestId: '' });
}
