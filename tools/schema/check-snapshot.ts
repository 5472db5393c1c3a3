import type { Client } from 'cassandra-driver';
import { StackError } from '../stack/stack-error.ts';
import { applySchema, createKeyspace, dropKeyspace, withKeyspace } from './apply-schema.ts';
import { changeSchema, withClient, type SchemaTarget } from './schema-client.ts';
import { readSnapshot, type SchemaOwner } from './schema-versions.ts';

const COLUMNS = 'SELECT table_name, column_name, kind, position, clustering_order, type FROM system_schema.columns WHERE keyspace_name = ?';
const TABLES = 'SELECT table_name, default_time_to_live, gc_grace_seconds, comment, compaction FROM system_schema.tables WHERE keyspace_name = ?';
const TYPES = 'SELECT type_name, field_names, field_types FROM system_schema.types WHERE keyspace_name = ?';
const INDEXES = 'SELECT table_name, index_name, kind, options FROM system_schema.indexes WHERE keyspace_name = ?';

/** On a real node: schema.cql makes the same tables as all versions in a row. Answers the differences, one a line. */
export async function checkSnapshot(target: SchemaTarget, owner: SchemaOwner): Promise<string[]> {
  const snapshot = readSnapshot(owner);
  if (!snapshot) throw new StackError(`apps/${owner}/schema/schema.cql is missing`);
  const names = { versions: `check_${owner.replace('-', '')}_versions_${process.pid}`, snapshot: `check_${owner.replace('-', '')}_snapshot_${process.pid}` };
  try {
    await applySchema(target, owner, names.versions);
    await withClient(target, (client) => createKeyspace(client, names.snapshot, target.replication));
    await withKeyspace(target, names.snapshot, async (client) => {
      for (const statement of snapshot) await changeSchema(client, statement);
    });
    const [made, shown] = await withClient(target, async (client) => [await describe(client, names.versions), await describe(client, names.snapshot)]);
    return differences(made, shown, `apps/${owner}/schema/schema.cql`);
  } finally {
    await dropKeyspace(target, names.versions);
    await dropKeyspace(target, names.snapshot);
  }
}

export function differences(made: ReadonlySet<string>, shown: ReadonlySet<string>, file: string): string[] {
  const missing = [...made].filter((line) => !shown.has(line)).map((line) => `${file} lacks ${line}`);
  const extra = [...shown].filter((line) => !made.has(line)).map((line) => `${file} has, and no version makes, ${line}`);
  return [...missing, ...extra];
}

async function describe(client: Client, keyspace: string): Promise<Set<string>> {
  const lines = new Set<string>();
  for (const query of [COLUMNS, TABLES, TYPES, INDEXES]) {
    const { rows } = await client.execute(query, [keyspace], { prepare: true });
    for (const row of rows) {
      const fields = Object.fromEntries(row.keys().map((key) => [key, row[key]]));
      if (fields['table_name'] !== 'schema_version') lines.add(JSON.stringify(fields));
    }
  }
  return lines;
}
