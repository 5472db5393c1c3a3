import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import { stateOf } from './request-state.ts';

/** One line and one sample a request; never a body, a query or a header. */
export function logRequests(api: FastifyInstance, log: Logger, metrics: Registry): void {
  const durations = new Histogram({
    name: 'sfs_gateway_request_seconds',
    help: 'Duration of REST requests by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [metrics],
  });
  api.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
    const { requestId, startedAt, caller, code } = stateOf(request);
    const durationMs = performance.now() - startedAt;
    const route = request.routeOptions.url ?? '';
    durations.observe({ method: request.method, route, status: String(reply.statusCode) }, durationMs / 1000);
    if (!request.url.startsWith('/api/')) return;
    log.info(
      { requestId, tenant: caller.tenant, login: caller.login, method: request.method, route, path: pathOf(request.url, route), status: reply.statusCode, durationMs: Math.round(durationMs * 10) / 10, ...(code ? { code } : {}) },
      'request',
    );
  });
}

/** An audio link opens a recording for whoever reads it in the log. */
function pathOf(url: string, route: string): string {
  if (route.includes(':token')) return route;
  return url.split('?', 1)[0]?.slice(0, 300) ?? '';
}
