import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { problemOf } from './problem-of.ts';
import { stateOf } from './request-state.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Answers any failure as application/problem+json; logs the cause of those that are ours. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  const state = stateOf(request);
  const { status, body, headers, unexpected } = problemOf(error, { requestId: state.requestId, writes: !READS.has(request.method), creates: state.creates });
  if (unexpected) log.error({ err: error, requestId: state.requestId }, 'request failed');
  state.code = body.type;
  void reply.code(status).headers(headers).header('cache-control', 'no-store').header('x-request-id', state.requestId).type('application/problem+json; charset=utf-8').send(JSON.stringify(body));
}
