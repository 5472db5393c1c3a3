import type { Client } from 'cassandra-driver';
import { StackError } from '../stack/stack-error.ts';
import { changeSchema, requireAgreement, withClient, type SchemaTarget } from './schema-client.ts';
import { readVersions, type SchemaOwner, type SchemaVersion } from './schema-versions.ts';

/** Read by the services' schema gate (requireSchema of @sfs/cassandra). */
export const VERSION_TABLE = `CREATE TABLE IF NOT EXISTS schema_version (
  part text, version int, minimum_compatible int, description text, applied_at timestamp, checksum text,
  PRIMARY KEY (part, version)) WITH CLUSTERING ORDER BY (version DESC)`;
const SELECT_APPLIED = "SELECT version, checksum FROM schema_version WHERE part = 'keyspace'";
const INSERT_APPLIED = `INSERT INTO schema_version (part, version, minimum_compatible, description, checksum, applied_at)
  VALUES ('keyspace', ?, ?, ?, ?, toTimestamp(now()))`;

export interface Applied {
  readonly keyspace: string;
  readonly from: number;
  readonly to: number;
}

/** Brings a keyspace to the newest version, on existing data; a second run changes nothing. One run at a time. */
export async function applySchema(target: SchemaTarget, owner: SchemaOwner, keyspace: string): Promise<Applied> {
  const versions = readVersions(owner);
  await withClient(target, (client) => createKeyspace(client, keyspace, target.replication));
  return withKeyspace(target, keyspace, async (client) => {
    await requireAgreement(client, 'before');
    await changeSchema(client, VERSION_TABLE);
    const applied = await appliedVersions(client);
    versions.forEach((version) => requireUnchanged(version, applied, keyspace));
    const from = Math.max(0, ...applied.keys());
    for (const version of versions.filter(({ version: number }) => number > from)) await applyVersion(client, version);
    await requireAgreement(client, 'after');
    return { keyspace, from, to: Math.max(from, versions.length) };
  });
}

export async function dropKeyspace(target: SchemaTarget, keyspace: string): Promise<void> {
  await withClient(target, (client) => changeSchema(client, `DROP KEYSPACE IF EXISTS ${named(keyspace)}`));
}

export async function createKeyspace(client: Client, keyspace: string, replication: Readonly<Record<string, number>>): Promise<void> {
  await requireAgreement(client, 'before');
  const copies = Object.entries(replication).map(([dc, factor]) => `'${dc}': ${factor}`);
  const strategy = `{'class': 'NetworkTopologyStrategy', ${copies.join(', ')}}`;
  await changeSchema(client, `CREATE KEYSPACE IF NOT EXISTS ${named(keyspace)} WITH replication = ${strategy} AND durable_writes = true`);
}

/** Statements name no keyspace; USE fixes it for this connection only. */
export async function withKeyspace<T>(target: SchemaTarget, keyspace: string, work: (client: Client) => Promise<T>): Promise<T> {
  return withClient(target, async (client) => {
    client.keyspace = named(keyspace);
    return work(client);
  });
}

async function applyVersion(client: Client, version: SchemaVersion): Promise<void> {
  for (const statement of version.statements) await changeSchema(client, statement);
  const values = [version.version, version.minimumCompatible, version.description, version.checksum];
  await client.execute(INSERT_APPLIED, values, { prepare: true });
}

async function appliedVersions(client: Client): Promise<Map<number, string>> {
  const { rows } = await client.execute(SELECT_APPLIED);
  return new Map(rows.map((row) => [Number(row['version']), String(row['checksum'])]));
}

function requireUnchanged(version: SchemaVersion, applied: ReadonlyMap<number, string>, keyspace: string): void {
  const checksum = applied.get(version.version);
  if (checksum === undefined || checksum === version.checksum) return;
  throw new StackError(
    `${keyspace}: version ${version.version} is not the one that was applied (its up.cql has changed since); ` +
      'write a new version, or begin anew with npm start -- --reset',
  );
}

function named(keyspace: string): string {
  if (!/^[a-z][a-z0-9_]{0,47}$/.test(keyspace)) throw new StackError(`not a keyspace's name: ${keyspace}`);
  return keyspace;
}
