import { type CqlSession, type Row, textOf } from '@sfs/cassandra';
import type { Role } from '@sfs/rest-contract';
import * as cql from './sessions.cql.ts';
import type { SessionsStore, StoredSession, StoredToken, TokensStore } from './sessions.store.ts';

export class CassandraSessionsStore implements SessionsStore {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  async insert({ tenant, idHash, login, credential, createdAt, lastSeen }: StoredSession, ttlSeconds: number): Promise<void> {
    await this.#session.execute(cql.insertSession, [tenant, idHash, login, credential, createdAt, lastSeen, ttlSeconds]);
  }

  async find(tenant: string, idHash: string): Promise<StoredSession | undefined> {
    const row = (await this.#session.execute(cql.findSession, [tenant, idHash])).rows[0];
    if (!row || textOf(row, 'login') === '') return undefined;
    return { tenant, idHash, login: textOf(row, 'login'), credential: textOf(row, 'credential'), createdAt: textOf(row, 'created_at'), lastSeen: textOf(row, 'last_seen') };
  }

  async touch({ tenant, idHash }: Pick<StoredSession, 'tenant' | 'idHash'>, lastSeen: string, ttlSeconds: number): Promise<void> {
    await this.#session.execute(cql.touchSession, [ttlSeconds, lastSeen, tenant, idHash]);
  }

  async remove(tenant: string, idHash: string): Promise<void> {
    await this.#session.execute(cql.deleteSession, [tenant, idHash]);
  }
}

export class CassandraTokensStore implements TokensStore {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  async insert(token: StoredToken, ttlSeconds: number): Promise<void> {
    const { tenant, id, secretHash, name, role, userId, createdBy, createdAt, expiresAt } = token;
    await this.#session.execute(cql.insertToken, [tenant, id, secretHash, name, role, userId, createdBy, createdAt, expiresAt, ttlSeconds]);
  }

  async find(tenant: string, id: string): Promise<StoredToken | undefined> {
    const row = (await this.#session.execute(cql.findToken, [tenant, id])).rows[0];
    return row && tokenOf(tenant, row);
  }

  async list(tenant: string): Promise<readonly StoredToken[]> {
    const { rows } = await this.#session.execute(cql.listTokens, [tenant], { size: 500 });
    return rows.map((row) => tokenOf(tenant, row));
  }

  async remove(tenant: string, id: string): Promise<void> {
    await this.#session.execute(cql.deleteToken, [tenant, id]);
  }
}

function tokenOf(tenant: string, row: Row): StoredToken {
  return {
    tenant,
    id: textOf(row, 'id'),
    secretHash: textOf(row, 'secret_hash'),
    name: textOf(row, 'name'),
    role: textOf(row, 'role') as Role,
    userId: textOf(row, 'user_id'),
    createdBy: textOf(row, 'created_by'),
    createdAt: textOf(row, 'created_at'),
    expiresAt: textOf(row, 'expires_at'),
  };
}
