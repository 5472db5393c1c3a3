import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { EdgeError } from './edge-error.ts';
import { sendProblem } from './send-problem.ts';

/** What does not even reach our own context (a method that Fastify does not route) fails in the same words. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const isUnknown = typeof error === 'object' && error !== null && 'getStatus' in error;
    const failure = isUnknown ? new EdgeError(404, 'request/unknown-route', 'There is no such route', { remedy: 'GET /api/openapi.json lists them.' }) : error;
    sendProblem(failure, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.#log);
  }
}
