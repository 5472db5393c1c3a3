import { createServer, type Server } from 'node:http';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '@sfs/grpc';
import type { RunningService } from '@sfs/service-host';
import { eventually, freePort } from '@sfs/testing';
import { context, createNumber, createTopology, rules } from './calls.ts';
import { connectClients, endApp, openPlace, startApp, type Clients, type Place } from './provisioning-under-test.ts';

/** Plays the credential door of Kamailio (deploy/kamailio/routes/credential-door.cfg). */
class Door {
  readonly known = new Map<string, string>();
  readonly refused: string[] = [];
  status = 200;
  private server: Server | undefined;

  async open(port: number): Promise<void> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { user, ha1 } = JSON.parse(Buffer.concat(chunks).toString()) as { user: string; ha1?: string };
      if (request.headers.authorization !== 'Bearer door-token' || request.url !== '/cred') this.refused.push(request.url ?? '');
      if (this.status === 200 && request.method === 'PUT' && ha1) this.known.set(user, ha1);
      if (this.status === 200 && request.method === 'DELETE') this.known.delete(user);
      response.writeHead(this.status).end('{}\n');
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }
}

const door = new Door();
let port: number;
let place: Place;
let app: RunningService;
let at: Clients;

beforeAll(async () => {
  port = await freePort();
  place = await openPlace({ SFS_PROVISIONING_REGISTRARS: `site-a=http://127.0.0.1:${port}`, SFS_PROVISIONING_REGISTRAR_TOKEN: 'door-token' });
  app = await startApp(place);
  at = connectClients(place);
  await createTopology(at);
  for (const number of ['1001', '1002', '1003']) await createNumber(at, number);
  await door.open(port);
});

afterAll(async () => {
  at.close();
  await Promise.all([endApp(app), door.close()]);
  await place.keyspace.drop();
});

const setPassword = (number: string) => call(at.numbers, 'setSipPassword', { switchId: 'site-a', number, password: '' }, context, rules);
const ha1 = (number: string, password: string) => createHash('md5').update(`${number}:site-a.example:${password}`).digest('hex');
const registrarCheck = () => app.health().checks.find(({ name }) => name === 'registrar site-a');

describe('registrar', () => {
  it('has the HA1 when the password is answered', async () => {
    const { password, userName, sipDomain } = await setPassword('1001');
    expect([userName, sipDomain]).toEqual(['1001', 'site-a.example']);
    expect(door.known.get('1001')).toBe(ha1('1001', password));
    expect(door.refused).toEqual([]);
  });

  it('learns while it answers errors nothing, and everything afterwards', async () => {
    door.status = 500;
    const { password } = await setPassword('1002');
    expect(registrarCheck()).toMatchObject({ ok: false, detail: 'the registrar answered 500, 1 pending' });
    expect(app.health().ready).toBe(true);
    door.status = 200;
    await eventually('the hand-over', () => door.known.get('1002') === ha1('1002', password) || undefined, 15_000);
    await eventually('the recovery in health', () => registrarCheck()?.ok || undefined);
  });

  it('no longer knows a number that was deleted', async () => {
    await setPassword('1003');
    const { directoryNumber } = await call(at.numbers, 'getDirectoryNumber', { switchId: 'site-a', number: '1003' }, context, rules);
    await call(at.numbers, 'deleteDirectoryNumber', { switchId: 'site-a', number: '1003', expectedTag: directoryNumber?.meta?.tag ?? '', idempotencyKey: '' }, context, rules);
    expect(door.known.has('1003')).toBe(false);
  });

  it('gets everything again from a service that starts anew', async () => {
    await endApp(app);
    const before = new Map(door.known);
    door.known.clear();
    door.known.set('1003', 'left over');
    app = await startApp(place);
    await eventually('the reconciliation', () => (door.known.size === 2 && !door.known.has('1003')) || undefined, 15_000);
    expect(door.known).toEqual(before);
  });
});
