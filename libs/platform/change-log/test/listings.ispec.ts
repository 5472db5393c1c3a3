import type { CqlSession } from '@sfs/cassandra';
import type { DomainError } from '@sfs/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeLog } from '../src/change-log.ts';
import type { Past } from '../src/entity.store.ts';
import { IndexWriter } from '../src/index-writer.ts';
import type { StoredState } from '../src/stored-state.ts';
import type { ChangeRecord, RowChange } from '../src/types.ts';
import { createKeyspace, kinds, openChangeLog, openSession, tenant } from './change-log-under-test.ts';

let session: CqlSession;
let log: ChangeLog;

beforeAll(async () => {
  session = await openSession(await createKeyspace());
  log = openChangeLog(session);
});
afterAll(() => session.close());

const by = { actor: 'ann', requestId: 'r' };
const aUser = (id: string, name: string, row: Partial<RowChange> = {}): RowChange => ({ kind: 'user', id, expect: 'any', body: { name }, ...row });
const failure = (work: Promise<unknown>): Promise<DomainError> => work.then(() => Promise.reject(new Error('was not refused')), (error: DomainError) => error);

async function names(inTenant: string, prefix = ''): Promise<unknown[]> {
  return (await log.list(inTenant, 'users', { prefix, pageSize: 100 })).items.map(({ body }) => body['name']);
}

describe('a list', () => {
  test('gives every entity once, in order, page by page, also among equal names', async () => {
    const wanted = ['berg', 'berg', 'berg', 'adler', 'bergmann', 'čapek', 'zorn'];
    for (const [index, name] of wanted.entries()) await log.commit({ ...by, tenant: 'paged', rows: [aUser(`u${index}`, name)] });
    const seen: unknown[] = [];
    let pageToken = '';
    let pages = 0;
    do {
      const page = await log.list('paged', 'users', { pageSize: 2, pageToken });
      seen.push(...page.items.map(({ body, id }) => `${body['name']} ${id}`));
      pageToken = page.nextPageToken;
      pages += 1;
    } while (pageToken !== '');
    expect(seen).toEqual(['adler u3', 'berg u0', 'berg u1', 'berg u2', 'bergmann u4', 'zorn u6', 'čapek u5']);
    expect(pages).toBe(4);
  });

  test('is searched by prefix', async () => {
    for (const name of ['ann', 'anna', 'ab', 'b']) await log.commit({ ...by, tenant: 'prefixed', rows: [aUser(name, name)] });
    expect(await names('prefixed', 'ann')).toEqual(['ann', 'anna']);
    expect(await names('prefixed', 'a')).toEqual(['ab', 'ann', 'anna']);
    expect(await names('prefixed', 'x')).toEqual([]);
  });

  test('follows a rename and a deletion', async () => {
    await log.commit({ ...by, tenant: 'renamed', rows: [aUser('u', 'old')] });
    await log.commit({ ...by, tenant: 'renamed', rows: [aUser('u', 'new')] });
    expect(await names('renamed')).toEqual(['new']);
    await log.commit({ ...by, tenant: 'renamed', rows: [aUser('u', 'old')] });
    expect(await names('renamed')).toEqual(['old']);
    await log.commit({ ...by, tenant: 'renamed', rows: [aUser('u', 'old', { deleted: true })] });
    expect(await names('renamed')).toEqual([]);
  });

  test('refuses a page token of another list and odd sizes', async () => {
    expect(await failure(log.list(tenant, 'users', { pageSize: 2, pageToken: 'nonsense' }))).toMatchObject({ kind: 'invalid', code: 'page/token' });
    expect(await failure(log.list(tenant, 'users', { pageSize: 2, pageToken: Buffer.from('[1]').toString('base64url') }))).toMatchObject({ code: 'page/token' });
    expect(await failure(log.list(tenant, 'users', { pageSize: 0 }))).toMatchObject({ code: 'page/size' });
  });
});

describe('listing rows of a conflict', () => {
  const state = (inTenant: string, tag: string, name: string, more: Partial<StoredState> = {}): StoredState => ({
    tenant: inTenant, kind: 'user', id: 'u', version: 2, tag, parentTag: 'base', changedAt: '2026-01-01T00:00:00.000001Z',
    site: 'site-a', actor: 'ann', deleted: false, request: '', body: { name }, ...more,
  });

  test.each([[[0, 1, 2, 3]], [[3, 2, 1, 0]], [[2, 0, 3, 1]], [[1, 3, 0, 2]], [[3, 0, 1, 2]], [[0, 3, 2, 1]]])('are the same whatever the order (%j) in which the sites write them', async (order) => {
    const inTenant = `conflict-${order.join('')}`;
    const base = state(inTenant, 'base', 'base', { version: 1, parentTag: '' });
    const loser = state(inTenant, 'loser', 'loser');
    const winner = state(inTenant, 'winner', 'winner', { site: 'site-b' });
    const seen = (current: StoredState, written: bigint, history: StoredState[]): Past => ({ state: current, versionColumn: current.version, maxVersion: 2, written, history, wroteAtMs: new Map() });
    const views = [seen(base, 100n, [base]), seen(loser, 200n, [loser, base]), seen(winner, 300n, [winner, base]), seen(winner, 300n, [loser, winner, base])];
    const writer = new IndexWriter(session, new Map(kinds.map((definition) => [definition.kind, definition])));
    for (const index of order) await writer.refresh(views[index] as Past, new Set());
    expect(await names(inTenant)).toEqual(['winner']);
  });
});

describe('the audit', () => {
  test('tells newest first who changed what, with what was before, page by page', async () => {
    for (let turn = 0; turn < 5; turn += 1) await log.commit({ ...by, tenant: 'audited', actor: `actor-${turn}`, rows: [aUser('u', `name-${turn}`), { ...aUser(`dn${turn}`, 'x'), kind: 'dn' }] });
    const all: ChangeRecord[] = [];
    let pageToken = '';
    do {
      const page = await log.changes('audited', { pageSize: 3, pageToken });
      all.push(...page.items);
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(all).toHaveLength(10);
    expect(all.map(({ changedAt }) => changedAt)).toEqual(all.map(({ changedAt }) => changedAt).toSorted().toReversed());
    const users = all.filter(({ kind }) => kind === 'user');
    expect(users.map(({ actor, previousBody }) => [actor, previousBody?.['name']])).toEqual([
      ['actor-4', 'name-3'], ['actor-3', 'name-2'], ['actor-2', 'name-1'], ['actor-1', 'name-0'], ['actor-0', undefined],
    ]);
    expect((await log.changes('audited', { kind: 'dn', pageSize: 10 })).items).toHaveLength(5);
  });

  test('of one entity comes from its history', async () => {
    for (let turn = 0; turn < 5; turn += 1) await log.commit({ ...by, tenant: 'history', rows: [aUser('u', `name-${turn}`)] });
    const first = await log.changes('history', { kind: 'user', id: 'u', pageSize: 2 });
    const second = await log.changes('history', { kind: 'user', id: 'u', pageSize: 2, pageToken: first.nextPageToken });
    const third = await log.changes('history', { kind: 'user', id: 'u', pageSize: 2, pageToken: second.nextPageToken });
    expect([...first.items, ...second.items, ...third.items].map(({ version, previousBody }) => [version, previousBody?.['name']])).toEqual([
      [5, 'name-3'], [4, 'name-2'], [3, 'name-1'], [2, 'name-0'], [1, undefined],
    ]);
    expect(third.nextPageToken).toBe('');
  });
});

describe('loading everything', () => {
  test('gives all tenants, of the kinds asked for, without the deleted', async () => {
    await log.commit({ ...by, tenant: 'load-1', rows: [aUser('u1', 'one'), { ...aUser('d1', 'x'), kind: 'dn' }] });
    await log.commit({ ...by, tenant: 'load-2', rows: [aUser('u2', 'two')] });
    await log.commit({ ...by, tenant: 'load-2', rows: [aUser('u3', 'gone', { deleted: true })] });
    const loaded: string[] = [];
    for await (const state of log.loadAll(['user'])) if (state.tenant.startsWith('load-')) loaded.push(`${state.tenant}/${state.id}`);
    expect(loaded.toSorted()).toEqual(['load-1/u1', 'load-2/u2']);
  });
});
