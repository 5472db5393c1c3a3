import { Client, types } from 'cassandra-driver';
import { StackError } from '../stack/stack-error.ts';

export interface SchemaTarget {
  /** host:port */
  readonly contactPoints: readonly string[];
  readonly localDc: string;
  /** copies by data centre */
  readonly replication: Readonly<Record<string, number>>;
  readonly credentials?: { readonly username: string; readonly password: string };
}

export async function withClient<T>(target: SchemaTarget, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    contactPoints: [...target.contactPoints],
    localDataCenter: target.localDc,
    // An ALTER on a busy machine takes longer than a query; a timed-out one would leave the outcome unknown.
    socketOptions: { readTimeout: 60_000 },
    isMetadataSyncEnabled: false,
    protocolOptions: { maxSchemaAgreementWaitSeconds: 30 },
    queryOptions: { consistency: types.consistencies.localQuorum },
    ...(target.credentials ? { credentials: target.credentials } : {}),
  });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.shutdown();
  }
}

/** Schema changes while a node is away or behind make two schemas: refuse before, and say so after. */
export async function requireAgreement(client: Client, when: 'before' | 'after'): Promise<void> {
  const down = client.hosts.values().filter((host) => !host.isUp()).map((host) => host.address);
  if (down.length > 0) throw new StackError(`${when} the schema change these nodes are down: ${down.join(', ')}; bring them up first`);
  if (!(await agreed(client))) throw new StackError(`${when} the schema change the nodes do not agree on the schema; nothing more is applied`);
}

async function agreed(client: Client): Promise<boolean> {
  const local = await client.execute('SELECT schema_version FROM system.local');
  const peers = await client.execute('SELECT schema_version FROM system.peers_v2');
  const versions = [...local.rows, ...peers.rows].map((row) => String(row['schema_version']));
  return new Set(versions).size <= 1;
}

export async function changeSchema(client: Client, statement: string): Promise<void> {
  const { info } = await client.execute(statement);
  // the driver's own types leave this field out
  if (!(info as unknown as { isSchemaInAgreement: boolean }).isSchemaInAgreement) throw new StackError(`the nodes do not agree after: ${statement.slice(0, 120)}`);
}
