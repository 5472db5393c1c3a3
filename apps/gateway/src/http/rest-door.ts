import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { serveUi } from '../ui/ui.http.ts';
import type { UiFile } from '../ui/ui-files.ts';
import { bindRoutes, type Binding } from './bind-routes.ts';
import { EdgeError } from './edge-error.ts';
import { logRequests } from './request-log.ts';
import { stateOf } from './request-state.ts';
import { securityHeaders } from './security-headers.ts';
import { sendProblem } from './send-problem.ts';

/** The router takes longer ones for no route at all; the longest that is one is an audio link. */
export const LONGEST_PART = 1024;

export interface RestDoor {
  readonly binding: Binding;
  readonly openApi: Record<string, unknown>;
  readonly ui: ReadonlyMap<string, UiFile>;
  readonly secure: boolean;
  readonly log: Logger;
  readonly metrics: Registry;
}

/** Everything behind port 8080, in one Fastify context: its errors, headers and log are the same for the API, the UI and what is neither. */
export function openRestDoor(api: FastifyInstance, { binding, openApi, ui, secure, log, metrics }: RestDoor): void {
  const headers = securityHeaders(secure);
  api.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log));
  api.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    void reply.headers(headers).header('x-request-id', stateOf(request).requestId);
  });
  logRequests(api, log, metrics);
  bindRoutes(api, binding);
  const document = JSON.stringify(openApi);
  api.get('/api/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(document));
  // Refused before a body is read.
  api.all('/*', { onRequest: async (request) => refuseNoPage(request) }, (request, reply) => serveUi(ui, request, reply));
}

function refuseNoPage(request: FastifyRequest): void {
  const path = request.url.split('?', 1)[0] ?? '';
  if (path.split('/').some((part) => part.length > LONGEST_PART)) throw tooLong();
  const isApi = /^\/(api|scim)(\/|$)/.test(path);
  if (isApi || (request.method !== 'GET' && request.method !== 'HEAD')) throw unknownRoute();
}

function tooLong(): EdgeError {
  return new EdgeError(414, 'request/url-too-long', 'A part of the path is too long', { remedy: 'Ids, numbers and names have at most 256 characters.' });
}

function unknownRoute(): EdgeError {
  return new EdgeError(404, 'request/unknown-route', 'There is no such route', { remedy: 'GET /api/openapi.json lists them.' });
}
