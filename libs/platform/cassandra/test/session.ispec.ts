import type { DomainError } from '@sfs/kernel';
import { Client } from 'cassandra-driver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePorts } from '../../../../tools/stack/free-ports.ts';
import { cassandraPart } from '../../../../tools/stack/parts/cassandra.ts';
import type { Part } from '../../../../tools/stack/part.ts';
import { Supervisor } from '../../../../tools/stack/supervisor.ts';
import { dropData, testFolder } from '../../../../tools/stack/test-folders.ts';
import { connectCassandra } from '../src/connect.ts';
import { requireSchema, SCHEMA_VERSION_TABLE } from '../src/schema-gate.ts';
import type { CqlSession, Statement } from '../src/session.ts';
import { newTimeUuid } from '../src/time-uuid.ts';
import { until } from './until.ts';

const read: Statement = { cql: 'SELECT id, big, flag, at, bytes, WRITETIME(flag) AS written FROM thing WHERE name = ?', consistency: 'localQuorum', idempotent: true };
const write: Statement = { cql: 'INSERT INTO thing (name, id, big, flag, at, bytes) VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS', consistency: 'localQuorum', idempotent: false };

let folder: string;
let supervisor: Supervisor;
let cassandra: Part;
let session: CqlSession;
let port: number;

beforeAll(async () => {
  folder = await testFolder('cassandra-restart');
  const [first = 0, storagePort = 0, sslStoragePort = 0] = await findFreePorts(3);
  port = first;
  supervisor = new Supervisor({ owner: folder, logDir: `${folder}/logs`, onDeath: () => undefined });
  cassandra = cassandraPart({ dataDir: `${folder}/data`, port, storagePort, sslStoragePort, dc: 'site-a', commitLog: 'durable' });
  session = connectCassandra({ contactPoints: [`127.0.0.1:${port}`], localDataCenter: 'site-a', keyspace: 'late' });
});
afterAll(async () => {
  await session.close();
  await supervisor.stopAll();
  dropData(folder);
});

const refusal = (): Promise<DomainError> => session.execute(read, ['a']).then(() => Promise.reject(new Error('was answered')), (error: DomainError) => error);

async function createSchema(): Promise<void> {
  const client = new Client({ contactPoints: [`127.0.0.1:${port}`], localDataCenter: 'site-a', socketOptions: { readTimeout: 60_000 } });
  await client.execute(`CREATE KEYSPACE late WITH replication = {'class': 'NetworkTopologyStrategy', 'site-a': 1}`);
  client.keyspace = 'late';
  await client.execute('CREATE TABLE thing (name text PRIMARY KEY, id timeuuid, big bigint, flag boolean, at timestamp, bytes blob)');
  await client.execute(SCHEMA_VERSION_TABLE);
  await client.execute(`INSERT INTO schema_version (part, version, minimum_compatible) VALUES ('keyspace', 3, 2)`);
  await client.shutdown();
}

test('a session begins before its store, gives plain values, and lives through the death of the node', async () => {
  const begun = performance.now();
  expect(await refusal()).toMatchObject({ kind: 'unavailable', code: 'store/away' });
  expect(performance.now() - begun).toBeLessThan(100);
  expect(session.connected).toBe(false);

  await supervisor.start(cassandra);
  await createSchema();
  await until(() => session.connected, 'a connection once the keyspace is there');
  const id = newTimeUuid();
  const params = ['a', id, 9_007_199_254_740_993n, true, new Date(1_000), Buffer.from('xy')];
  expect((await session.execute(write, params)).applied).toBe(true);
  expect((await session.execute(write, params)).applied).toBe(false);
  const { rows } = await session.execute(read, ['a']);
  expect(rows[0]).toEqual({ id, big: 9_007_199_254_740_993n, flag: true, at: new Date(1_000), bytes: Buffer.from('xy'), written: expect.any(BigInt) });

  await supervisor.signal('cassandra', 'SIGKILL');
  await until(async () => (await refusal()).code === 'store/away', 'failing at once');
  await supervisor.start(cassandra);
  await until(() => session.execute(read, ['a']).then(() => true, () => false), 'answers again');
  expect((await session.execute(read, ['a'])).rows).toHaveLength(1);
}, 180_000);

test('the schema gate passes what fits and names what does not', async () => {
  await expect(requireSchema(session, 'late', 3)).resolves.toBeUndefined();
  await expect(requireSchema(session, 'late', 2)).resolves.toBeUndefined();
  await expect(requireSchema(session, 'late', 1)).rejects.toMatchObject({ code: 'store/schema-missing', details: { remedy: 'Run a newer version of this service.' } });
  await expect(requireSchema(session, 'late', 4)).rejects.toMatchObject({ code: 'store/schema-missing', details: { remedy: 'Apply the schema of this service.' } });
});

test('a statement on a table that is not there says so; a wrong one is a bug', async () => {
  await expect(session.execute({ ...read, cql: 'SELECT a FROM nothing' }, [])).rejects.toMatchObject({ code: 'store/schema-missing' });
  await expect(session.execute({ ...read, cql: 'SELEKT' }, [])).rejects.toThrow(/refused the statement/);
});
