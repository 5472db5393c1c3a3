import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { credentials, loadPackageDefinition, Metadata, type ChannelCredentials, type Client } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { Controller, Module } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { from, type Observable } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '@sfs/config';
import { ChangesServiceClient, ChangesServiceService, GetUserRequest, type GetUserResponse, LoadStateRequest, type LoadStateResponse, UsersServiceClient, UsersServiceService } from '@sfs/contracts';
import { call, connectClient, contextOf, streamOf } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import { startGrpc, type RunningGrpc } from './start-grpc.ts';

class Users {
  getUser(request: GetUserRequest, metadata: Metadata): GetUserResponse {
    const context = contextOf(metadata);
    if (request.id === 'bug') throw new Error('secret cause');
    if (request.id === 'gone') throw new DomainError('not-found', 'users/unknown', 'Kein Nutzer – ünbekannt', { field: 'id' });
    return { user: { id: request.id, displayName: context.actor, email: context.requestId, siteId: context.tenant, callingProfileId: '', numbers: [], meta: undefined } };
  }

  loadState(request: LoadStateRequest): Observable<LoadStateResponse> {
    return from(emit(request.kinds));
  }
}

async function* emit(kinds: string[]): AsyncGenerator<LoadStateResponse> {
  for (const kind of kinds) {
    if (kind === 'bad') throw new DomainError('unavailable', 'changes/away', 'Away');
    yield { change: undefined };
  }
}

const decorate = (name: string, service: string): void => {
  const descriptor = Object.getOwnPropertyDescriptor(Users.prototype, name);
  if (descriptor) GrpcMethod(service, name)(Users.prototype, name, descriptor);
};
decorate('getUser', 'UsersService');
decorate('loadState', 'ChangesService');
Controller()(Users);
class TestModule {}
Module({ controllers: [Users] })(TestModule);

const context = { tenant: 'default', requestId: 'r-1', actor: 'Zoë' };
const token = 'a-token';
const doorToken = 'token-of-the-changes';
const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
const metrics = new Registry();
let grpc: RunningGrpc;
let users: UsersServiceClient;
let changes: ChangesServiceClient;
let address: string;

beforeAll(async () => {
  const port = await freePort();
  address = `127.0.0.1:${port}`;
  grpc = await startGrpc({ module: TestModule, host: '127.0.0.1', port, token: new Secret(token), log, metrics, services: { 'sfs.provisioning.v1.UsersService': UsersServiceService, 'sfs.provisioning.v1.ChangesService': ChangesServiceService } });
  users = connectClient(UsersServiceClient, address);
  changes = connectClient(ChangesServiceClient, address);
});

afterAll(async () => {
  users.close();
  changes.close();
  await grpc.close();
});

const getUser = (id: string, rules = { deadlineMs: 2000, token }) => call(users, 'getUser', GetUserRequest.create({ id }), context, rules);

describe('gRPC door', () => {
  it('carries tenant, request id and actor to the handler', async () => {
    const { user } = await getUser('u-1');
    expect(user).toMatchObject({ id: 'u-1', displayName: 'Zoë', email: 'r-1', siteId: 'default' });
  });

  it('carries a DomainError across with code, message and details', async () => {
    await expect(getUser('gone')).rejects.toMatchObject({ kind: 'not-found', code: 'users/unknown', message: 'Kein Nutzer – ünbekannt', details: { field: 'id' } });
  });

  it('hides the cause of a bug from the caller and logs it once', async () => {
    lines.length = 0;
    await expect(getUser('bug')).rejects.toMatchObject({ kind: 'unavailable', code: 'internal', message: 'The service failed' });
    expect(lines.filter((line) => line.includes('secret cause'))).toHaveLength(1);
  });

  it('refuses a missing or wrong token before the handler', async () => {
    for (const wrong of [undefined, 'other']) {
      await expect(call(users, 'getUser', GetUserRequest.create({ id: 'u-1' }), context, { deadlineMs: 2000, token: wrong })).rejects.toMatchObject({ kind: 'denied', code: 'grpc/unauthenticated' });
    }
  });

  it('refuses a request without a tenant', async () => {
    await expect(call(users, 'getUser', GetUserRequest.create({ id: 'u-1' }), { ...context, tenant: '' }, { deadlineMs: 2000, token })).rejects.toMatchObject({ kind: 'invalid', code: 'request/tenant' });
  });

  it('streams, and ends a failing stream with its DomainError', async () => {
    const open = (kinds: string[]) => streamOf(changes, 'loadState', LoadStateRequest.create({ kinds }), context, { deadlineMs: 2000, token });
    expect(await count(open(['user', 'dn']))).toBe(2);
    await expect(count(open(['user', 'bad']))).rejects.toMatchObject({ kind: 'unavailable', code: 'changes/away' });
  });

  it('logs each request with request id and tenant, and counts it', async () => {
    lines.length = 0;
    await getUser('u-2');
    expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({ requestId: 'r-1', tenant: 'default', method: '/sfs.provisioning.v1.UsersService/GetUser', code: 'OK' });
    expect(await metrics.metrics()).toContain('sfs_grpc_request_seconds_count{method="/sfs.provisioning.v1.UsersService/GetUser",code="OK"}');
  });

  it('names a taken port instead of ending the process', async () => {
    const taken = startGrpc({ module: TestModule, host: '127.0.0.1', port: Number(address.split(':')[1]), log, services: { 'sfs.provisioning.v1.UsersService': UsersServiceService } });
    await expect(taken).rejects.toThrow(/EADDRINUSE/);
  });
});

describe('a service with a token of its own', () => {
  let guarded: RunningGrpc;
  let client: ChangesServiceClient;
  const open = async (expected: string | undefined): Promise<void> => {
    const port = await freePort();
    guarded = await startGrpc({
      module: TestModule,
      host: '127.0.0.1',
      port,
      token: new Secret(token),
      log,
      services: { 'sfs.provisioning.v1.UsersService': UsersServiceService, 'sfs.provisioning.v1.ChangesService': ChangesServiceService },
      doorTokens: { 'sfs.provisioning.v1.ChangesService': expected === undefined ? undefined : new Secret(expected) },
    });
    client = connectClient(ChangesServiceClient, `127.0.0.1:${port}`);
  };
  const load = (given: { token?: string; doorToken?: string }) => count(streamOf(client, 'loadState', LoadStateRequest.create({ kinds: ['user'] }), context, { deadlineMs: 2000, ...given }));
  afterEach(async () => {
    client.close();
    await guarded.close();
  });

  it('lets in who has both', async () => {
    await open(doorToken);
    expect(await load({ token, doorToken })).toBe(1);
  });

  it('refuses the service token alone, a wrong one and its own alone, and logs neither', async () => {
    await open(doorToken);
    lines.length = 0;
    await expect(load({ token })).rejects.toMatchObject({ kind: 'denied', code: 'grpc/door-token' });
    await expect(load({ token, doorToken: 'guess' })).rejects.toMatchObject({ kind: 'denied', code: 'grpc/door-token' });
    await expect(load({ doorToken })).rejects.toMatchObject({ kind: 'denied', code: 'grpc/unauthenticated' });
    expect(lines.filter((line) => line.includes('"reason":"grpc/door-token"'))).toHaveLength(2);
    for (const secret of [token, doorToken, 'guess']) expect(lines.join()).not.toContain(secret);
  });

  it('is shut for everybody while its token is not configured; the others are open', async () => {
    await open(undefined);
    await expect(load({ token, doorToken })).rejects.toMatchObject({ kind: 'denied', code: 'grpc/door-shut' });
    const others = connectClient(UsersServiceClient, client.getChannel().getTarget().replace(/^dns:/, ''));
    expect((await call(others, 'getUser', GetUserRequest.create({ id: 'u-1' }), context, { deadlineMs: 2000, token })).user?.id).toBe('u-1');
    others.close();
  });
});

describe('what a gRPC door has beside its services', () => {
  const open = (path: string, name: string) => {
    const { grpc: root } = loadPackageDefinition(loadSync(createRequire(import.meta.url).resolve(path))) as unknown as { grpc: Record<string, Record<string, Record<string, new (address: string, secrets: ChannelCredentials) => Client>>> };
    const [area = '', version = '', service = ''] = name.split('.');
    const constructor = root[area]?.[version]?.[service];
    if (!constructor) throw new Error(`no ${name}`);
    return new constructor(address, credentials.createInsecure());
  };

  it('answers health checks without a token', async () => {
    const client = open('grpc-health-check/proto/health/v1/health.proto', 'health.v1.Health') as Client & { check(request: object, done: (error: unknown, answer: unknown) => void): void };
    const answer = await new Promise((resolve) => client.check({ service: 'sfs.provisioning.v1.UsersService' }, (error, value) => resolve(error ?? value)));
    expect(answer).toEqual({ status: 1 });
    client.close();
  });

  it('serves reflection only when asked to', async () => {
    const reflected = await startGrpc({ module: TestModule, host: '127.0.0.1', port: await freePort(), log, reflect: 'libs/contracts/proto', services: { 'sfs.provisioning.v1.UsersService': UsersServiceService } });
    await reflected.close();
    await expect(startGrpc({ module: TestModule, host: '127.0.0.1', port: await freePort(), log, reflect: 'nowhere', services: { 'sfs.provisioning.v1.UsersService': UsersServiceService } })).rejects.toThrow('needs the .proto files in nowhere');
  });
});

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let seen = 0;
  for await (const _item of items) seen += 1;
  return seen;
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
