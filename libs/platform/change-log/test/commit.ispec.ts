import type { CqlSession } from '@sfs/cassandra';
import type { DomainError } from '@sfs/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeLog } from '../src/change-log.ts';
import type { RowChange } from '../src/types.ts';
import { createKeyspace, openChangeLog, openSession, tenant } from './change-log-under-test.ts';

let session: CqlSession;
let log: ChangeLog;
let count = 0;

beforeAll(async () => {
  session = await openSession(await createKeyspace());
  log = openChangeLog(session);
});
afterAll(() => session.close());

const newId = (): string => `e${(count += 1)}`;
const by = { tenant, actor: 'ann', requestId: 'r' };
const aUser = (id: string, row: Partial<RowChange> = {}): RowChange => ({ kind: 'user', id, expect: 'absent', body: { name: id }, ...row });
const failure = (work: Promise<unknown>): Promise<DomainError> => work.then(() => Promise.reject(new Error('was not refused')), (error: DomainError) => error);

describe('a change', () => {
  test('creates, replaces and deletes under the condition its writer saw', async () => {
    const id = newId();
    const [created] = await log.commit({ ...by, rows: [aUser(id)] });
    expect(created).toMatchObject({ version: 1, parentTag: '', deleted: false, site: 'site-a', actor: 'ann', body: { name: id } });
    const [replaced] = await log.commit({ ...by, rows: [aUser(id, { expect: { tag: created?.tag ?? '' }, body: { name: 'new' } })] });
    expect(replaced).toMatchObject({ version: 2, parentTag: created?.tag });
    expect((replaced?.changedAt ?? '') > (created?.changedAt ?? '')).toBe(true);
    await log.commit({ ...by, rows: [aUser(id, { expect: 'any', deleted: true, body: { name: 'new' } })] });
    expect(await log.read(tenant, 'user', id)).toMatchObject({ version: 3, deleted: true, body: { name: 'new' } });
    const [again] = await log.commit({ ...by, rows: [aUser(id)] });
    expect(again?.version).toBe(4);
  });

  test('refuses a stale tag and names the current one', async () => {
    const id = newId();
    const [created] = await log.commit({ ...by, rows: [aUser(id)] });
    const error = await failure(log.commit({ ...by, rows: [aUser(id, { expect: { tag: 'other' } })] }));
    expect(error).toMatchObject({ kind: 'conflict', code: 'change-log/stale', details: { currentTag: created?.tag } });
  });

  test('refuses to create what exists', async () => {
    const id = newId();
    await log.commit({ ...by, rows: [aUser(id)] });
    expect(await failure(log.commit({ ...by, rows: [aUser(id)] }))).toMatchObject({ kind: 'conflict', code: 'change-log/exists' });
  });

  test('belongs to its tenant alone', async () => {
    const id = newId();
    await log.commit({ ...by, rows: [aUser(id)] });
    expect(await log.read('other', 'user', id)).toBeUndefined();
  });
});

describe('many writers on one entity', () => {
  test('none is lost: the counter is exact and the history whole', async () => {
    const id = newId();
    await log.commit({ ...by, rows: [aUser(id, { body: { count: 0 } })] });
    const increment = async (): Promise<void> => {
      for (;;) {
        const current = await log.read(tenant, 'user', id);
        const body = { count: Number(current?.body['count']) + 1 };
        const error = await log.commit({ ...by, rows: [aUser(id, { expect: { tag: current?.tag ?? '' }, body })] }).then(() => undefined, (reason: DomainError) => reason);
        if (error === undefined) return;
        expect(error.kind).toBe('conflict');
      }
    };
    await Promise.all(Array.from({ length: 4 }, async () => {
      for (let turn = 0; turn < 8; turn += 1) await increment();
    }));
    expect((await log.read(tenant, 'user', id))?.body).toEqual({ count: 32 });
    const { items } = await log.changes(tenant, { kind: 'user', id, pageSize: 100 });
    expect(items.map(({ body }) => body['count'])).toEqual(Array.from({ length: 33 }, (_, index) => 32 - index));
  });

  test('with "any" each write is made exactly once', async () => {
    const id = newId();
    await Promise.all(Array.from({ length: 6 }, (_, index) => log.commit({ ...by, rows: [aUser(id, { expect: 'any', body: { index } })] })));
    const { items } = await log.changes(tenant, { kind: 'user', id, pageSize: 100 });
    expect(items.map(({ version }) => version)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(new Set(items.map(({ body }) => body['index'])).size).toBe(6);
  });
});

describe('the same request again', () => {
  test('answers the first result and writes nothing', async () => {
    const id = newId();
    const request = { ...by, idempotencyKey: `key-${id}`, rows: [aUser(id)] };
    const [first] = await log.commit(request);
    await log.commit({ ...by, rows: [aUser(id, { expect: 'any', body: { name: 'later' } })] });
    expect(await log.commit(request)).toEqual([first]);
    expect(await log.read(tenant, 'user', id)).toMatchObject({ version: 2, body: { name: 'later' } });
  });

  test('sent twice at once is made once', async () => {
    const id = newId();
    const request = { ...by, idempotencyKey: `key-${id}`, rows: [aUser(id), aUser(`${id}-dn`, { kind: 'dn' })] };
    const [one, two] = await Promise.all([log.commit(request), log.commit(request)]);
    expect(one).toEqual(two);
    expect((await log.read(tenant, 'dn', `${id}-dn`))?.version).toBe(1);
  });

  test('with other content under the same key is refused', async () => {
    const id = newId();
    await log.commit({ ...by, idempotencyKey: `key-${id}`, rows: [aUser(id)] });
    const error = await failure(log.commit({ ...by, idempotencyKey: `key-${id}`, rows: [aUser(id, { body: { name: 'else' } })] }));
    expect(error).toMatchObject({ kind: 'invalid', code: 'idempotency/key-reused' });
  });

  test('by another tenant is another request', async () => {
    const id = newId();
    await log.commit({ ...by, idempotencyKey: 'shared', rows: [aUser(id)] });
    const [other] = await log.commit({ ...by, tenant: 'other', idempotencyKey: 'shared', rows: [aUser(id, { body: { name: 'else' } })] });
    expect(other?.version).toBe(1);
  });
});

describe('an operation over several rows', () => {
  test('is made whole', async () => {
    const id = newId();
    const [user, dn] = await log.commit({ ...by, rows: [aUser(id), aUser(`${id}-dn`, { kind: 'dn', body: { user: id } })] });
    const states = await log.commit({
      ...by,
      rows: [aUser(id, { expect: { tag: user?.tag ?? '' }, deleted: true }), aUser(`${id}-dn`, { kind: 'dn', expect: { tag: dn?.tag ?? '' }, deleted: true })],
    });
    expect(states.map(({ kind, deleted, version }) => [kind, deleted, version])).toEqual([['user', true, 2], ['dn', true, 2]]);
  });

  test('is refused whole when a follower changed meanwhile', async () => {
    const id = newId();
    await log.commit({ ...by, rows: [aUser(id), aUser(`${id}-dn`, { kind: 'dn' })] });
    const error = await failure(log.commit({ ...by, rows: [aUser(id, { expect: 'any', deleted: true }), aUser(`${id}-dn`, { kind: 'dn', expect: { tag: 'old' } })] }));
    expect(error).toMatchObject({ kind: 'conflict', details: { kind: 'dn', id: `${id}-dn` } });
    expect((await log.read(tenant, 'user', id))?.deleted).toBe(false);
  });

  test('that names an entity twice, or none, is refused', async () => {
    expect(await failure(log.commit({ ...by, rows: [] }))).toMatchObject({ kind: 'invalid' });
    expect(await failure(log.commit({ ...by, rows: [aUser('x'), aUser('x')] }))).toMatchObject({ kind: 'invalid' });
  });
});

describe('names', () => {
  test('of many who want one, exactly one tenant gets it, and gets it again', async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((who) => log.claimName('switch', 'main', who)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    const owner = await log.findName('switch', 'main');
    expect(await log.claimName('switch', 'main', owner ?? '')).toBe(true);
    expect(await log.claimName('switch', 'main', 'z')).toBe(false);
    expect(await log.findName('switch', 'none')).toBeUndefined();
  });
});
