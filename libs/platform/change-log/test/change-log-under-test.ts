import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connectCassandra, SCHEMA_VERSION_TABLE, type CqlSession } from '@sfs/cassandra';
import { Change } from '@sfs/contracts';
import { createPublisher, ensureTopics, follow, type Publisher } from '@sfs/kafka';
import { Client } from 'cassandra-driver';
import pino from 'pino';
import { Registry } from 'prom-client';
import { inject } from 'vitest';
import { ChangeLog, type ChangeLogOptions } from '../src/change-log.ts';
import { Relay } from '../src/relay.ts';
import { changeTopic, tickTopic } from '../src/topics.ts';
import type { KindDefinition } from '../src/types.ts';

export const silent = pino({ level: 'silent' });
export const tenant = 'default';

/** A user stands in one list by name, a dn in none, a credential is secret. */
export const kinds: KindDefinition[] = [
  { kind: 'user', published: true, listings: ({ body }) => [{ list: 'users', sortKey: String(body['name'] ?? '') }] },
  { kind: 'dn', published: true, listings: ({ id }) => [{ list: 'dns', sortKey: id }] },
  { kind: 'credential', published: false, listings: () => [] },
];

export async function createKeyspace(): Promise<string> {
  const { contactPoint, dc } = inject('cassandra');
  const keyspace = `log_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const client = new Client({ contactPoints: [contactPoint], localDataCenter: dc, socketOptions: { readTimeout: 60_000 } });
  await client.execute(`CREATE KEYSPACE ${keyspace} WITH replication = {'class': 'NetworkTopologyStrategy', '${dc}': 1}`);
  client.keyspace = keyspace;
  const schema = readFileSync(new URL('../schema/v0001.cql', import.meta.url), 'utf8').replace(/--[^\n]*/g, '');
  for (const statement of [...schema.split(';'), SCHEMA_VERSION_TABLE]) if (statement.trim() !== '') await client.execute(statement);
  await client.execute(`INSERT INTO schema_version (part, version, minimum_compatible) VALUES ('keyspace', 1, 1)`);
  await client.shutdown();
  return keyspace;
}

export async function openSession(keyspace: string): Promise<CqlSession> {
  const { contactPoint, dc } = inject('cassandra');
  const session = connectCassandra({ contactPoints: [contactPoint], localDataCenter: dc, keyspace, log: silent });
  await until(() => session.connected, 'a session');
  return session;
}

export function openChangeLog(session: CqlSession, more: Partial<ChangeLogOptions> = {}): ChangeLog {
  return new ChangeLog({ session, keyspace: 'test', owner: 'provisioning', site: 'site-a', kinds, log: silent, ...more });
}

export function openRelay(changeLog: ChangeLog, publisher: Publisher, instance = 'A'): Relay {
  return new Relay({ changeLog, publisher, log: silent, metrics: new Registry(), instance });
}

/** The events of a stack of topics of our own, as a consumer gets them. */
export async function openEvents() {
  const { brokers } = inject('kafka');
  const to = { brokers: [brokers], prefix: `t${randomUUID().slice(0, 8)}.`, log: silent };
  const topics = [changeTopic('provisioning', 'user'), changeTopic('provisioning', 'dn'), tickTopic('provisioning')];
  await ensureTopics({ ...to, topics });
  const changes: Change[] = [];
  const ticks: string[] = [];
  const publisher = createPublisher(to);
  const following = follow({
    ...to,
    topics,
    mode: 'every-replica',
    group: 'spec',
    handle: async (topic, key, value) => {
      if (topic.includes('.tick.')) ticks.push(key);
      else changes.push(Change.decode(value));
    },
    onConnected: () => undefined,
  });
  await until(() => following.connected, 'a consumer');
  const close = async (): Promise<void> => {
    await following.close();
    await publisher.close();
  };
  return { changes, ticks, publisher, close, to };
}

/** What consumers hold in the end: the newest by (version, changedAt) of each entity. */
export function finalStates(changes: readonly Change[]): Map<string, Change> {
  const final = new Map<string, Change>();
  for (const change of changes) {
    const name = `${change.kind}/${change.entityId}`;
    const known = final.get(name);
    if (known === undefined || change.version > known.version || (change.version === known.version && change.changedAt > known.changedAt)) final.set(name, change);
  }
  return final;
}

/** Waits for a condition, at most a minute: these machines are shared. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const limit = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > limit) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
