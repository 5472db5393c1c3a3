import { Client } from 'cassandra-driver';
import { expect, inject, test } from 'vitest';
import { Sweeper } from '../src/sweeper.ts';
import { createKeyspace, finalStates, openChangeLog, openEvents, openSession, tenant, until } from './change-log-under-test.ts';

test('a change whose intent is gone reaches consumers, listing and audit by the sweep; secrets stay', async () => {
  const keyspace = await createKeyspace();
  const session = await openSession(keyspace);
  const events = await openEvents();
  const dying = openChangeLog(session, {
    failpoint: (moment) => {
      if (moment === 'after-followers') throw new Error('died');
    },
  });
  const rows = (['user', 'credential'] as const).map((kind) => ({ kind, id: 'lost', expect: 'absent' as const, body: { name: 'lost' } }));
  await expect(dying.commit({ tenant, actor: 'ann', requestId: 'r', rows })).rejects.toThrow('died');
  const { contactPoint, dc } = inject('cassandra');
  const client = new Client({ contactPoints: [contactPoint], localDataCenter: dc, keyspace, socketOptions: { readTimeout: 60_000 } });
  await client.execute('TRUNCATE intent');
  await client.shutdown();

  const log = openChangeLog(session);
  expect((await log.list(tenant, 'users', { pageSize: 10 })).items).toEqual([]);
  expect(await new Sweeper(log.parts, events.publisher).sweep()).toBe(2);
  await until(() => finalStates(events.changes).has('user/lost'), 'the user');
  expect(events.changes.map(({ kind }) => kind)).toEqual(['user']);
  expect((await log.list(tenant, 'users', { pageSize: 10 })).items.map(({ id }) => id)).toEqual(['lost']);
  expect((await log.changes(tenant, { pageSize: 10 })).items).toHaveLength(2);
  await events.close();
  await session.close();
});
