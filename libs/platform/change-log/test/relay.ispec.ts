import type { CqlSession } from '@sfs/cassandra';
import { DomainError } from '@sfs/kernel';
import type { Publisher } from '@sfs/kafka';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FailpointName } from '../src/failpoint.ts';
import type { Relay } from '../src/relay.ts';
import type { RowChange } from '../src/types.ts';
import { createKeyspace, finalStates, openChangeLog, openEvents, openRelay, openSession, tenant, until } from './change-log-under-test.ts';

type Events = Awaited<ReturnType<typeof openEvents>>;

let keyspace: string;
let session: CqlSession;
let events: Events;
let count = 0;
const relays: Relay[] = [];

beforeAll(async () => {
  keyspace = await createKeyspace();
  session = await openSession(keyspace);
});
afterAll(() => session.close());
beforeEach(async () => {
  events = await openEvents();
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await events.close();
});

const by = { tenant, actor: 'ann', requestId: 'r' };
const newId = (): string => `r${(count += 1)}`;
const aUser = (id: string, row: Partial<RowChange> = {}): RowChange => ({ kind: 'user', id, expect: 'absent', body: { name: id }, ...row });
const startRelay = (publisher: Publisher = events.publisher, instance = 'A'): Relay => {
  const relay = openRelay(openChangeLog(session), publisher, instance);
  relay.start();
  relays.push(relay);
  return relay;
};

/** A writer that stops for ever at the named moment, as a killed process does. */
const dyingAt = (moment: FailpointName) =>
  openChangeLog(session, {
    failpoint: (reached) => {
      if (reached === moment) throw new Error(`died ${moment}`);
    },
  });

/** Kafka as a publisher sees it, to be taken away and given back. */
function interruptible(publisher: Publisher): Publisher & { away: boolean } {
  return {
    away: false,
    connected: true,
    close: () => Promise.resolve(),
    async publish(topic, messages) {
      if (this.away) throw new DomainError('unavailable', 'kafka/away', 'away');
      await publisher.publish(topic, messages);
    },
  };
}

describe('a writer that dies', () => {
  test.each<[FailpointName, boolean]>([
    ['before-intent', false],
    ['after-intent', false],
    ['after-write', true],
    ['after-row-1', true],
    ['after-followers', true],
    ['after-indexes', true],
  ])('%s: committed and with every consumer is %s', async (moment, isCommitted) => {
    const id = newId();
    const rows = [aUser(id), aUser(`${id}-dn1`, { kind: 'dn' }), aUser(`${id}-dn2`, { kind: 'dn' }), aUser(`${id}-pw`, { kind: 'credential' })];
    await expect(dyingAt(moment).commit({ ...by, rows })).rejects.toThrow(`died ${moment}`);
    const relay = startRelay();
    const witness = newId();
    await openChangeLog(session).commit({ ...by, rows: [aUser(witness)] });
    await until(() => finalStates(events.changes).has(`user/${witness}`), 'the witness');
    const names = [`user/${id}`, `dn/${id}-dn1`, `dn/${id}-dn2`];
    if (isCommitted) {
      await until(() => names.every((name) => finalStates(events.changes).has(name)), 'the rest of the operation');
      const log = openChangeLog(session);
      expect(await log.read(tenant, 'credential', `${id}-pw`)).toMatchObject({ version: 1 });
      expect((await log.list(tenant, 'users', { prefix: id, pageSize: 10 })).items.map((state) => state.id)).toContain(id);
      await until(async () => (await log.changes(tenant, { pageSize: 200 })).items.filter((change) => change.id.startsWith(id)).length >= 4, 'the audit');
    } else {
      expect(events.changes.filter(({ entityId }) => entityId.startsWith(id))).toEqual([]);
      expect(await openChangeLog(session).read(tenant, 'user', id)).toBeUndefined();
    }
    expect(relay.status().alarm).toBe('');
  });

  test('after the decisive row, repeats its request and gets the whole', async () => {
    const id = newId();
    const request = { ...by, idempotencyKey: id, rows: [aUser(id), aUser(`${id}-dn`, { kind: 'dn' })] };
    await expect(dyingAt('after-write').commit(request)).rejects.toThrow();
    const states = await openChangeLog(session).commit(request);
    expect(states.map(({ kind, version }) => [kind, version])).toEqual([['user', 1], ['dn', 1]]);
  });
});

describe('with Kafka away', () => {
  test('commits go on, and everything arrives when it is back', async () => {
    const publisher = interruptible(events.publisher);
    const log = openChangeLog(session);
    const relay = openRelay(log, publisher);
    relay.start();
    relays.push(relay);
    publisher.away = true;
    const ids = Array.from({ length: 10 }, newId);
    await Promise.all(ids.map((id) => log.commit({ ...by, rows: [aUser(id)] })));
    await until(() => relay.status().openIntents >= 10, 'the relay to notice');
    const ticksBefore = events.ticks.length;
    await log.commit({ ...by, rows: [aUser(ids[0] ?? '', { expect: 'any', body: { name: 'last' } })] });
    publisher.away = false;
    await until(() => ids.every((id) => finalStates(events.changes).has(`user/${id}`)), 'all changes');
    expect(JSON.parse(finalStates(events.changes).get(`user/${ids[0]}`)?.body ?? '')).toEqual({ name: 'last' });
    await until(() => events.ticks.length > ticksBefore, 'ticks again');
  });
});

describe('the relay', () => {
  test('publishes the state it reads now, whatever the order of the intents', async () => {
    const id = newId();
    const silentLog = openChangeLog(session);
    for (const name of ['one', 'two', 'three']) await silentLog.commit({ ...by, rows: [aUser(id, { expect: 'any', body: { name } })] });
    startRelay();
    await until(() => events.changes.filter(({ entityId }) => entityId === id).length >= 3, 'an event for each intent');
    const bodies = events.changes.filter(({ entityId }) => entityId === id).map(({ body }) => body);
    expect(new Set(bodies)).toEqual(new Set(['{"name":"three"}']));
  });

  test('never publishes secrets', async () => {
    const id = newId();
    const log = openChangeLog(session);
    await log.commit({ ...by, rows: [aUser(id, { kind: 'credential', body: { secret: 'hidden' } }), aUser(id)] });
    startRelay();
    await until(() => finalStates(events.changes).has(`user/${id}`), 'the user');
    expect(events.changes.some(({ kind }) => kind === 'credential')).toBe(false);
    const { items } = await log.changes(tenant, { pageSize: 200 });
    expect(items.find(({ kind }) => kind === 'credential')?.body).toEqual({});
  });

  test('works at one instance at a time; the other takes over when it stops or dies', async () => {
    const one = startRelay(events.publisher, 'one');
    await until(() => one.status().holdsLease, 'the lease');
    const two = startRelay(events.publisher, 'two');
    await until(() => two.status().holder === 'one', 'two to see one');
    expect(two.status().holdsLease).toBe(false);
    await one.stop();
    await until(() => two.status().holdsLease, 'the take-over');
    const id = newId();
    await openChangeLog(session).commit({ ...by, rows: [aUser(id)] });
    await until(() => finalStates(events.changes).has(`user/${id}`), 'two to relay');
  });

  test('of a holder that fell silent is taken over within seconds', async () => {
    const lost = await openSession(keyspace);
    const one = openRelay(openChangeLog(lost), events.publisher, 'one');
    one.start();
    await until(() => one.status().holdsLease, 'the lease');
    const two = startRelay(events.publisher, 'two');
    await until(() => two.status().holder === 'one', 'two to see one');
    await lost.close();
    await until(() => two.status().holdsLease, 'the take-over');
    expect(one.status().holdsLease).toBe(false);
    await one.stop();
  });

  test('moves its watermark and ticks for its site', async () => {
    const relay = startRelay();
    await until(() => relay.status().watermarks['site-a'] !== undefined, 'a watermark');
    await until(() => Date.now() - Date.parse(relay.status().watermarks['site-a'] ?? '') < 4 * 60_000, 'a recent watermark');
    await until(() => events.ticks.filter((site) => site === 'site-a').length >= 2, 'ticks');
  });
});
