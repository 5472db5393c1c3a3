import { createHash } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import type { Environment } from './service-environment.ts';
import type { StackControl } from './stack-control.ts';
import { partNames, type PartName } from './stack-parts.ts';

const SIGNALS: readonly string[] = ['SIGKILL', 'SIGSTOP', 'SIGCONT', 'SIGTERM'];

/** A Unix socket for the owner alone; its path has room for 107 bytes. */
export function controlSocket(dataDir: string): string {
  const path = `${dataDir}/control.sock`;
  if (Buffer.byteLength(path) < 100) return path;
  return `${tmpdir()}/sfs-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`;
}

export interface ControlDoor {
  close(): Promise<void>;
}

/** Lets the demo in a second terminal ask what runs where, and break parts as the stories tell: GET /layout, POST /parts/NAME/stop|start|SIGNAL. */
export async function openControlDoor(control: StackControl, say: (text: string) => void): Promise<ControlDoor> {
  const path = controlSocket(control.layout.dataDir);
  rmSync(path, { force: true });
  const server = createServer((request, response) => {
    answer(control, say, request, response).catch((error: unknown) => reply(response, 500, { message: error instanceof Error ? error.message : String(error) }));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  chmodSync(path, 0o600);
  return {
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(path, { force: true });
    },
  };
}

async function answer(control: StackControl, say: (text: string) => void, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET' && request.url === '/layout') return reply(response, 200, control.layout);
  const [, name = '', action = ''] = /^\/parts\/([\w-]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || !isPart(name)) return reply(response, 404, { message: `no such door: ${request.method} ${request.url}` });
  const env = await readJson(request);
  if (action !== 'start' || !control.isRunning(name)) say(`  ${name}: ${action} (asked for through ${controlSocket(control.layout.dataDir)})`);
  if (action === 'stop') await control.stop(name);
  else if (action === 'start') await control.start(name, env);
  else if (SIGNALS.includes(action)) await control.signal(name, action as NodeJS.Signals);
  else return reply(response, 404, { message: `no such action: ${action}` });
  reply(response, 200, {});
}

async function readJson(request: IncomingMessage): Promise<Environment> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Environment);
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function isPart(name: string): name is PartName {
  return (partNames as readonly string[]).includes(name);
}
