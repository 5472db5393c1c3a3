import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { inject } from 'vitest';
import { readConfig } from '@sfs/config';
import { problem, type Problem } from '@sfs/rest-contract';
import { findFreePorts } from '../../../tools/stack/free-ports.ts';
import { createTestKeyspace } from '../../../tools/stack/test-keyspace.ts';
import { waitFor } from '../../../tools/stack/wait-for.ts';
import { gatewayConfig } from '../src/config.ts';
import { startGateway } from '../src/start.ts';
import { StubDevices } from './stub-devices.ts';
import { StubDialPlan } from './stub-dial-plan.ts';
import { StubProvisioning } from './stub-provisioning.ts';
import { StubVoicemail } from './stub-voicemail.ts';

export const PASSWORD = 'correct horse battery';
export const REQUEST_TIMEOUT_MS = 1_500;

export interface Sent {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** false: without the cookie of whoever is signed in */
  readonly signedIn?: boolean;
}

/** A client with a cookie jar that behaves like our own page. */
export class RestClient {
  readonly #base: string;
  cookie = '';

  constructor(base: string) {
    this.#base = base;
  }

  send(path: string, { method = 'GET', body, headers = {}, signedIn = true }: Sent = {}): Promise<Response> {
    const isText = typeof body === 'string' || body instanceof Uint8Array;
    return fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(method === 'GET' ? {} : { origin: this.#base }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(signedIn && this.cookie !== '' ? { cookie: `sfs_session=${this.cookie}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? (body as string) : JSON.stringify(body) }),
    });
  }

  /** The answer as JSON; fails with the problem when it is one. */
  async get<T>(path: string, sent: Sent = {}): Promise<T> {
    const response = await this.send(path, sent);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async problem(path: string, sent: Sent = {}): Promise<Problem> {
    return problemOf(await this.send(path, sent));
  }

  async signIn(login: string, password: string): Promise<this> {
    const response = await this.send('/api/v1/session', { method: 'POST', body: { login, password }, signedIn: false });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    this.cookie = cookieOf(response);
    return this;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) throw new Error(`no problem: ${response.status} ${await response.text()}`);
  const body = problem.parse(await response.json());
  if (body.status !== response.status) throw new Error(`status ${response.status} says ${body.status}`);
  return body;
}

export function cookieOf(response: Response): string {
  return /sfs_session=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

/** The whole gateway on loopback: real Cassandra for the accounts, stub neighbours made from the generated definitions. `deviceManagement`: HOST:PORT of a real one instead. */
export async function startGatewayUnderTest({ deviceManagement = '' }: { deviceManagement?: string } = {}) {
  const keyspace = await createTestKeyspace('gateway', inject('cassandra'));
  const provisioning = new StubProvisioning();
  const replicas = [new StubDialPlan('A'), new StubDialPlan('B')];
  const voicemail = new StubVoicemail();
  const devices = new StubDevices();
  await Promise.all([provisioning.start(), voicemail.start(), devices.start(), ...replicas.map((replica) => replica.start())]);
  const [port = 0] = await findFreePorts(1);
  const folder = uiFolder();
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const config = readConfig(gatewayConfig, {
    SFS_CASSANDRA_CONTACT_POINTS: inject('cassandra').contactPoint,
    SFS_CASSANDRA_KEYSPACE: keyspace.keyspace,
    SFS_GATEWAY_HTTP_PORT: String(port),
    SFS_GATEWAY_PROVISIONING: provisioning.server.address,
    SFS_GATEWAY_DIALPLAN: replicas.map((replica) => replica.server.address).join(','),
    SFS_GATEWAY_VOICEMAIL: voicemail.server.address,
    SFS_GATEWAY_DEVICES: deviceManagement === '' ? devices.replicas.map(({ address }) => address).join(',') : deviceManagement,
    SFS_GATEWAY_PEPPER: 'a pepper of sixteen',
    SFS_GATEWAY_BOOTSTRAP_PASSWORD: PASSWORD,
    SFS_GATEWAY_UI_DIR: folder,
    SFS_GATEWAY_REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS),
  });
  const service = await startGateway(config, { log, metrics: new Registry(), onFatal: (error) => lines.push(String(error)) });
  await waitFor(() => service.health().ready, { what: 'the gateway is ready', limitMs: 30_000 });
  const base = `http://127.0.0.1:${port}`;
  return {
    base,
    port,
    provisioning,
    replicas,
    voicemail,
    devices,
    service,
    lines,
    client: () => new RestClient(base),
    administrator: () => new RestClient(base).signIn('admin', PASSWORD),
    stop: async () => {
      await service.drain();
      await service.stop();
      provisioning.server.close();
      voicemail.server.close();
      for (const replica of devices.replicas) replica.close();
      for (const replica of replicas) replica.server.close();
      rmSync(folder, { recursive: true });
      await keyspace.drop();
    },
  };
}

export type GatewayUnderTest = Awaited<ReturnType<typeof startGatewayUnderTest>>;

function uiFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sfs-ui-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>SFS</title>');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export const built = true;');
  return folder;
}
