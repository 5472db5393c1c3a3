import { randomBytes } from 'node:crypto';
import { applySchema, dropKeyspace } from '../schema/apply-schema.ts';
import type { SchemaTarget } from '../schema/schema-client.ts';
import type { SchemaOwner } from '../schema/schema-versions.ts';

export interface TestKeyspace {
  readonly keyspace: string;
  drop(): Promise<void>;
}

/** For one suite: a keyspace of its own with the app's newest schema. `cassandra` is what vitest's inject('cassandra') gives. */
export async function createTestKeyspace(owner: SchemaOwner, cassandra: { contactPoint: string; dc: string }): Promise<TestKeyspace> {
  const keyspace = `t_${owner.replace('-', '')}_${randomBytes(4).toString('hex')}`;
  const target: SchemaTarget = { contactPoints: [cassandra.contactPoint], localDc: cassandra.dc, replication: { [cassandra.dc]: 1 } };
  await applySchema(target, owner, keyspace);
  return { keyspace, drop: () => dropKeyspace(target, keyspace) };
}
