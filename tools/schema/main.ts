import { parseArgs } from 'node:util';
import { applySchema } from './apply-schema.ts';
import { checkSnapshot } from './check-snapshot.ts';
import type { SchemaTarget } from './schema-client.ts';
import { defaultKeyspaces, schemaOwners } from './schema-versions.ts';
import { applyTopics } from './topics.ts';

const usage = `node --import ./tools/run/alias.mjs tools/schema/main.ts [--check] [--replication site-a=3,site-b=3] [--topics [--topic-replicas 3]]
  SFS_CASSANDRA_CONTACT_POINTS  host:port,…   (127.0.0.1:9042)
  SFS_CASSANDRA_LOCAL_DC                      (site-a)
  SFS_CASSANDRA_USERNAME, SFS_CASSANDRA_PASSWORD
  SFS_KAFKA_BROKERS             host:port,…   with --topics`;

const { values: flags } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    topics: { type: 'boolean', default: false },
    'topic-replicas': { type: 'string', default: '1' },
    replication: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  if (flags.help) {
    console.log(usage);
    return 0;
  }
  const target = targetOf(process.env);
  if (flags.check) return check(target);
  for (const owner of schemaOwners) {
    const { keyspace, from, to } = await applySchema(target, owner, defaultKeyspaces[owner]);
    console.log(from === to ? `${keyspace}: at version ${to}` : `${keyspace}: version ${from} -> ${to}`);
  }
  if (flags.topics) {
    const count = await applyTopics((process.env['SFS_KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(','), '', Number(flags['topic-replicas']));
    console.log(`topics: all ${count} there`);
  }
  return 0;
}

async function check(target: SchemaTarget): Promise<number> {
  let faults = 0;
  for (const owner of schemaOwners) {
    const found = await checkSnapshot(target, owner);
    found.forEach((line) => console.error(line));
    faults += found.length;
  }
  return faults === 0 ? 0 : 1;
}

function targetOf(env: NodeJS.ProcessEnv): SchemaTarget {
  const localDc = env['SFS_CASSANDRA_LOCAL_DC'] ?? 'site-a';
  const copies = (flags.replication ?? `${localDc}=1`).split(',').map((pair) => pair.split('='));
  const username = env['SFS_CASSANDRA_USERNAME'];
  return {
    contactPoints: (env['SFS_CASSANDRA_CONTACT_POINTS'] ?? '127.0.0.1:9042').split(','),
    localDc,
    replication: Object.fromEntries(copies.map(([dc = '', factor]) => [dc, Number(factor)])),
    ...(username ? { credentials: { username, password: env['SFS_CASSANDRA_PASSWORD'] ?? '' } } : {}),
  };
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
