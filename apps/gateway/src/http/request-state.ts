import type { FastifyRequest } from 'fastify';
import { ANONYMOUS, type Caller } from './caller.ts';
import { requestIdOf } from './request-id.ts';

/** What the edge has found out about a request so far. */
export interface RequestState {
  readonly requestId: string;
  readonly startedAt: number;
  caller: Caller;
  creates: boolean;
  /** stable code of the failure, for the log */
  code: string;
}

const states = new WeakMap<object, RequestState>();

export function stateOf(request: FastifyRequest): RequestState {
  const known = states.get(request.raw);
  if (known) return known;
  const fresh: RequestState = { requestId: requestIdOf(request.headers['x-request-id']), startedAt: performance.now(), caller: ANONYMOUS, creates: false, code: '' };
  states.set(request.raw, fresh);
  return fresh;
}
