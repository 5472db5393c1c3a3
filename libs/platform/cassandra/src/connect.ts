import type { Client, types } from 'cassandra-driver';
import type { Logger } from 'pino';
import type { CassandraOptions } from './cassandra-config.ts';
import { mapCassandraError, storeAway } from './cassandra-errors.ts';
import { createDriverClient, driverConsistency } from './driver-client.ts';
import { steadyControlConnection } from './steady-control-connection.ts';
import { plainRow } from './plain-row.ts';
import type { BatchEntry, CqlResult, CqlSession, Page, Statement } from './session.ts';

const RETRY_MS = 1_000;
/** shutdown() of the driver was seen never to return */
const CLOSE_MS = 3_000;

/** Returns at once; connects and reconnects in the background. Until then, and whenever all nodes of the site are away, every call fails at once. */
export function connectCassandra(options: CassandraOptions & { readonly log?: Logger }): CqlSession {
  return new DriverSession(options, options.log);
}

class DriverSession implements CqlSession {
  readonly #options: CassandraOptions;
  readonly #log: Logger | undefined;
  #client: Client | undefined;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #cause = 'not connected yet';

  constructor(options: CassandraOptions, log: Logger | undefined) {
    this.#options = options;
    this.#log = log;
    void this.#connect();
  }

  get connected(): boolean {
    const hosts = this.#client?.hosts.values() ?? [];
    return hosts.some((host) => host.isUp() && host.datacenter === this.#options.localDataCenter);
  }

  async execute(statement: Statement, params: readonly unknown[], page?: Page): Promise<CqlResult> {
    const paging = page === undefined ? { autoPage: false } : { fetchSize: page.size, ...(page.state === undefined ? {} : { pageState: page.state }) };
    return this.#call(statement, (client) => client.execute(statement.cql, [...params], { ...this.#queryOptions(statement), ...paging }));
  }

  async batch(entries: readonly BatchEntry[]): Promise<CqlResult> {
    const first = entries[0];
    if (first === undefined) return { rows: [], applied: true };
    const statement = { ...first.statement, idempotent: entries.every((entry) => entry.statement.idempotent) };
    const queries = entries.map((entry) => ({ query: entry.statement.cql, params: [...entry.params] }));
    return this.#call(statement, (client) => client.batch(queries, { ...this.#queryOptions(statement), logged: false }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) await shutdown(client);
  }

  #queryOptions(statement: Statement) {
    return { prepare: true, isIdempotent: statement.idempotent, consistency: driverConsistency(statement.consistency) };
  }

  async #call(statement: Statement, send: (client: Client) => Promise<types.ResultSet>): Promise<CqlResult> {
    const client = this.#client;
    if (client === undefined || !this.connected) throw storeAway(this.#cause);
    try {
      const result = await send(client);
      const rows = (result.rows ?? []).map(plainRow);
      return { rows, applied: result.wasApplied(), ...(result.pageState ? { pageState: result.pageState } : {}) };
    } catch (error) {
      throw mapCassandraError(error, statement);
    }
  }

  async #connect(): Promise<void> {
    const client = createDriverClient(this.#options);
    steadyControlConnection(client, this.#log);
    client.on('hostDown', (host: { address: string }) => this.#log?.warn({ host: host.address }, 'cassandra node is down'));
    client.on('hostUp', (host: { address: string }) => this.#log?.info({ host: host.address }, 'cassandra node is up'));
    try {
      await client.connect();
      if (this.#closed) return await shutdown(client);
      this.#client = client;
      this.#cause = 'all nodes of this site are down';
      this.#log?.info({ contactPoints: this.#options.contactPoints, keyspace: this.#options.keyspace }, 'connected to cassandra');
    } catch (error) {
      await shutdown(client);
      this.#connectLater(error instanceof Error ? error.message : String(error));
    }
  }

  #connectLater(cause: string): void {
    if (this.#closed) return;
    if (cause !== this.#cause) this.#log?.warn({ cause }, 'cassandra cannot be reached, trying again');
    this.#cause = cause;
    this.#timer = setTimeout(() => void this.#connect(), RETRY_MS);
  }
}

async function shutdown(client: Client): Promise<void> {
  const ended = client.shutdown().catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_MS)))]);
  clearTimeout(timer);
}
