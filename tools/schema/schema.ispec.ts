import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Kafka, logLevel } from 'kafkajs';
import { createTestKeyspace, type TestKeyspace } from '../stack/test-keyspace.ts';
import { applySchema, withKeyspace } from './apply-schema.ts';
import { checkSnapshot } from './check-snapshot.ts';
import type { SchemaTarget } from './schema-client.ts';
import { readVersions, schemaOwners } from './schema-versions.ts';
import { applyTopics, topicNames } from './topics.ts';

const { contactPoint, dc } = inject('cassandra');
const target: SchemaTarget = { contactPoints: [contactPoint], localDc: dc, replication: { [dc]: 1 } };

describe.each(schemaOwners)('the schema of %s', (owner) => {
  let made: TestKeyspace;
  beforeAll(async () => {
    made = await createTestKeyspace(owner, inject('cassandra'));
  });
  afterAll(() => made.drop());

  it('is the sum of its versions in schema.cql', async () => {
    expect(await checkSnapshot(target, owner)).toEqual([]);
  });

  it('changes nothing when applied again', async () => {
    const newest = readVersions(owner).length;
    expect(await applySchema(target, owner, made.keyspace)).toEqual({ keyspace: made.keyspace, from: newest, to: newest });
  });

  it('is applied anew, without harm, when the run before died before it could record the version', async () => {
    await withKeyspace(target, made.keyspace, (client) => client.execute("DELETE FROM schema_version WHERE part = 'keyspace'"));
    const { from, to } = await applySchema(target, owner, made.keyspace);
    expect([from, to]).toEqual([0, readVersions(owner).length]);
  });

  it('is refused when an applied version has been edited', async () => {
    const edit = "UPDATE schema_version SET checksum = 'other' WHERE part = 'keyspace' AND version = 1";
    await withKeyspace(target, made.keyspace, (client) => client.execute(edit));
    await expect(applySchema(target, owner, made.keyspace)).rejects.toThrow(/write a new version/);
  });
});

it('creates the topics once: entities are kept compacted, ticks are not kept', async () => {
  const { brokers } = inject('kafka');
  await applyTopics([brokers], 'schema-spec.');
  await applyTopics([brokers], 'schema-spec.');
  const admin = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const existing = await admin.listTopics();
  const resources = ['user', 'tick'].map((kind) => ({ type: 2, name: `schema-spec.sfs.provisioning.${kind}.v1`, configNames: ['cleanup.policy'] }));
  const { resources: found } = await admin.describeConfigs({ resources, includeSynonyms: false });
  await admin.disconnect();
  expect(existing).toEqual(expect.arrayContaining(topicNames().map((name) => `schema-spec.${name}`)));
  expect(found.map(({ configEntries }) => configEntries[0]?.configValue)).toEqual(['compact', 'delete']);
});
