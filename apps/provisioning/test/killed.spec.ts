import { mkdirSync, rmSync } from 'node:fs';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CreateUserRequest, UpdateUserRequest, type User } from '@sfs/contracts';
import { call } from '@sfs/grpc';
import { eventually, startProcess, type StartedProcess } from '@sfs/testing';
import { context, createNumber, createTopology, createUser, refusal, rules } from './calls.ts';
import { connectClients, openEvents, openPlace, type Clients, type Place } from './provisioning-under-test.ts';

const root = new URL('../../../', import.meta.url).pathname;
// Inside the checkout: the built service finds its packages in node_modules above it.
const built = `${root}dist/test/provisioning-${process.pid}`;

let place: Place;
let at: Clients;
let service: StartedProcess;
let events: Awaited<ReturnType<typeof openEvents>>;

beforeAll(async () => {
  mkdirSync(built, { recursive: true });
  await build({ configFile: `${root}apps/provisioning/vite.config.ts`, logLevel: 'error', build: { outDir: built } });
  place = await openPlace();
  at = connectClients(place);
  events = await openEvents(place);
  service = await start();
  await createTopology(at);
});

afterAll(async () => {
  at.close();
  await service.end();
  await events.close();
  await place.keyspace.drop();
  rmSync(built, { recursive: true, force: true });
});

let starts = 0;
let isDoomed = false;

/** Ready, and really this process: one left over on the same ports must not answer for it. */
async function start(more: Record<string, string> = {}): Promise<StartedProcess> {
  const instance = `K${(starts += 1)}`;
  const started = startProcess(process.execPath, [`${built}/main.js`], { cwd: root, env: { PATH: process.env['PATH'] ?? '', ...place.env, SFS_INSTANCE: instance, ...more } });
  try {
    await eventually('readiness of the service', async () => ((await health()).instance === instance && (await health()).ready) || undefined, 40_000);
    return started;
  } catch (error) {
    await started.end();
    throw new Error(started.output().slice(-2000), { cause: error });
  }
}

async function health(): Promise<{ instance?: string; ready?: boolean }> {
  const response = await fetch(`http://127.0.0.1:${place.env['SFS_MANAGEMENT_PORT']}/health/ready`);
  return (await response.json()) as { instance?: string; ready?: boolean };
}

/** After a test that failed half-way the doomed one may still run. */
beforeEach(async () => {
  if (!isDoomed) return;
  isDoomed = false;
  await service.end();
  service = await start();
});

/** A service that kills itself with SIGKILL at this step of its next commit. */
async function restartDoomed(failpoint: string): Promise<void> {
  await service.end();
  isDoomed = true;
  service = await start({ SFS_ALLOW_FAILPOINTS: 'true', SFS_FAILPOINT: failpoint });
}

async function restartAfterDeath(): Promise<void> {
  expect(await service.exited).toEqual({ code: null, signal: 'SIGKILL' });
  service = await start();
  isDoomed = false;
}

const update = (user: User, displayName: string, idempotencyKey: string) =>
  call(at.users, 'updateUser', UpdateUserRequest.create({ id: user.id, displayName, siteId: 'site-a', expectedTag: user.meta?.tag ?? '', idempotencyKey }), context, rules);
const stored = async (id: string) => (await call(at.users, 'getUser', { id }, context, rules)).user;
const published = (id: string, version: number) => events.changes.filter((change) => change.entityId === id && change.version === version);

/** at which step · whether the change is committed then */
const STEPS: [string, boolean][] = [
  ['before-intent', false],
  ['after-intent', false],
  ['after-write', true],
  ['after-followers', true],
  ['after-indexes', true],
  ['after-publish', true],
];

describe('a killed process loses nothing', { timeout: 180_000 }, () => {
  it.each(STEPS)('killed %s: the change is committed and published, or neither (committed: %s)', async (failpoint, committed) => {
    const user = await createUser(at, `Victim ${failpoint}`);
    await restartDoomed(failpoint);
    // After the last step the answer may still leave before the process dies.
    const outcome = await refusal(update(user, `Changed ${failpoint}`, `key-${failpoint}`));
    if (failpoint !== 'after-publish') expect(outcome.kind).toBe('unavailable');
    await restartAfterDeath();
    if (committed) await eventually('the event of the change', () => published(user.id, 2).length > 0 || undefined, 20_000);
    const now = await stored(user.id);
    expect([now?.displayName, now?.meta?.version]).toEqual(committed ? [`Changed ${failpoint}`, 2] : [`Victim ${failpoint}`, 1]);
    if (!committed) expect(published(user.id, 2)).toEqual([]);
    const { user: repeated } = await update(user, `Changed ${failpoint}`, `key-${failpoint}`);
    expect(repeated?.meta?.version).toBe(2);
    await eventually('the event after the retry', () => published(user.id, 2)[0]?.tag === repeated?.meta?.tag || undefined, 20_000);
    expect((await call(at.users, 'listUsers', { query: `Changed ${failpoint}`, pageSize: 0, pageToken: '' }, context, rules)).users).toHaveLength(1);
  });

  it.each([['after-write', '31'], ['after-row-1', '32'], ['after-followers', '33']])('killed %s: the deletion of a user is completed over all its rows', async (failpoint, prefix) => {
    const user = await createUser(at, `Deleted ${failpoint}`);
    const numbers = [`${prefix}01`, `${prefix}02`];
    for (const number of numbers) await createNumber(at, number, user.id);
    await restartDoomed(failpoint);
    expect(await refusal(call(at.users, 'deleteUser', { id: user.id, expectedTag: user.meta?.tag ?? '', idempotencyKey: '' }, context, rules))).toMatchObject({ kind: 'unavailable' });
    await restartAfterDeath();
    for (const number of numbers) {
      await eventually(`the release of ${number}`, async () => (await call(at.numbers, 'getDirectoryNumber', { switchId: 'site-a', number }, context, rules)).directoryNumber?.userId === '' || undefined, 20_000);
      await eventually(`the event of ${number}`, () => published(`site-a/${number}`, 2).length > 0 || undefined, 20_000);
    }
    const repeated = await call(at.users, 'deleteUser', { id: user.id, expectedTag: user.meta?.tag ?? '', idempotencyKey: '' }, context, rules);
    expect(repeated.releasedNumbers.map(({ number }) => number)).toEqual(numbers);
  });

  it('creates one user only when the killed request is repeated', async () => {
    const wish = CreateUserRequest.create({ displayName: 'Only One', siteId: 'site-a', idempotencyKey: 'only-one' });
    await restartDoomed('after-write');
    expect(await refusal(call(at.users, 'createUser', wish, context, rules))).toMatchObject({ kind: 'unavailable' });
    await restartAfterDeath();
    const { user } = await call(at.users, 'createUser', wish, context, rules);
    await eventually('its event', () => published(user?.id ?? '', 1).length > 0 || undefined, 20_000);
    expect((await call(at.users, 'listUsers', { query: 'only one', pageSize: 0, pageToken: '' }, context, rules)).users).toHaveLength(1);
  });

  it.each([['killed after the write', 'after-write'], ['ended in peace', '']])('Kafka away and the process %s: the change is published when both are back', async (_how, failpoint) => {
    const user = await createUser(at, `Unheard ${failpoint}`);
    await service.end();
    isDoomed = true;
    service = await start({ SFS_KAFKA_BROKERS: '127.0.0.1:9', SFS_ALLOW_FAILPOINTS: 'true', SFS_FAILPOINT: failpoint });
    const outcome = await refusal(update(user, `Heard ${failpoint}`, `away-${failpoint}`));
    expect(outcome.kind).toBe(failpoint === '' ? 'none' : 'unavailable');
    await service.end();
    service = await start();
    isDoomed = false;
    const event = await eventually('the event of the change', () => published(user.id, 2)[0], 20_000);
    expect(JSON.parse(event.body)).toMatchObject({ displayName: `Heard ${failpoint}`.trim() });
  });
});
