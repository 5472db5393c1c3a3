import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectCassandra, type CqlSession } from '@sfs/cassandra';
import { eventually } from '@sfs/testing';
import { createTestKeyspace, type TestKeyspace } from '../../../../tools/stack/test-keyspace.ts';
import { Revisions } from './revisions.ts';
import { CassandraRevisions } from './revisions.store.cassandra.ts';

describe('revisions on a real store', () => {
  let keyspace: TestKeyspace;
  let session: CqlSession;
  let store: CassandraRevisions;
  beforeAll(async () => {
    const { contactPoint, dc } = inject('cassandra');
    keyspace = await createTestKeyspace('device-management', { contactPoint, dc });
    session = connectCassandra({ contactPoints: [contactPoint], localDataCenter: dc, keyspace: keyspace.keyspace, log: pino({ level: 'silent' }) });
    store = new CassandraRevisions(session);
    await eventually('the session', () => session.connected || undefined, 20_000);
  });
  afterAll(async () => {
    await session.close();
    await keyspace.drop();
  });

  it('are none at first, then the newest one', async () => {
    expect(await store.newest('default', 'm1')).toBeUndefined();
    for (const revision of [1, 2]) expect(await store.add('default', 'm1', { revision, hash: `h${revision}`, cause: 'name of the user', at: 1_000 + revision })).toBe(true);
    expect(await store.newest('default', 'm1')).toEqual({ revision: 2, hash: 'h2', at: 1_002 });
    expect(await store.newest('other', 'm1')).toBeUndefined();
  });

  it('are written once', async () => {
    const add = (hash: string): Promise<boolean> => store.add('default', 'm2', { revision: 1, hash, cause: '', at: 1 });
    expect((await Promise.all([add('a'), add('b'), add('c')])).filter((applied) => applied)).toHaveLength(1);
  });

  it('are declared by one of several replicas that render the same change at once', async () => {
    const replicas = Array.from({ length: 3 }, () => new Revisions(store, () => Date.UTC(2026, 10, 25)));
    for (const hash of ['h1', 'h2']) {
      const settled = await Promise.all(replicas.map((each) => each.settle({ tenant: 'default', mac: 'm3', stamp: hash, hash, cause: () => '' })));
      expect(settled.filter(({ isOurs }) => isOurs)).toHaveLength(1);
      expect(new Set(settled.map(({ revision }) => revision)).size).toBe(1);
    }
    expect(await store.newest('default', 'm3')).toMatchObject({ revision: 2, hash: 'h2' });
  });
});
