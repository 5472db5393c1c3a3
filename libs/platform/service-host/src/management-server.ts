import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Health } from './health.ts';
import { carriesToken } from './same-token.ts';

export interface ManagementDoor {
  readonly host: string;
  readonly port: number;
  readonly service: { readonly name: string; readonly site: string; readonly instance: string };
  readonly metrics: Registry;
  readonly log: Logger;
  /** set = whoever does not send it learns alive and ready by status code only */
  readonly token?: string | undefined;
  health(): Health;
}

/** /health/live, /health/ready, /metrics. Resolves when it listens; rejects when the port is taken. */
export function openManagement(door: ManagementDoor): Promise<Server> {
  const server = createServer((request, response) => {
    answer(door, request, response).catch((error: unknown) => {
      door.log.error({ err: error }, 'management request failed');
      if (!response.headersSent) send(response, 500, { error: 'internal' });
      else response.destroy();
    });
  });
  server.requestTimeout = 5_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(door.port, door.host, () => resolve(server.off('error', reject)));
  });
}

async function answer(door: ManagementDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0];
  const known = door.token === undefined || carriesToken(request.headers.authorization ?? '', door.token);
  request.resume();
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, { error: 'GET only' });
  switch (path) {
    case '/health/live':
      return send(response, 200, { live: true, ...door.service });
    case '/health/ready': {
      const health = door.health();
      return send(response, health.ready ? 200 : 503, known ? { ...door.service, ...health } : { ready: health.ready });
    }
    case '/metrics':
      if (!known) return send(response, 401, { error: 'the service token is required' });
      response.writeHead(200, { 'content-type': door.metrics.contentType }).end(await door.metrics.metrics());
      return;
    default:
      return send(response, 404, { error: 'known here: /health/live, /health/ready, /metrics' });
  }
}

function send(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
