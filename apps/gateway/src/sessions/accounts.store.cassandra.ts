import { type CqlSession, type Row, textOf } from '@sfs/cassandra';
import type { Role } from '@sfs/rest-contract';
import * as cql from './accounts.cql.ts';
import type { Account, AccountsStore } from './accounts.store.ts';

type Owner = Pick<Account, 'tenant' | 'login' | 'userId'>;

export class CassandraAccountsStore implements AccountsStore {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  async find(tenant: string, login: string): Promise<Account | undefined> {
    const row = await this.#one(cql.findAccount, [tenant, login]);
    return row && accountOf(row);
  }

  async findByLogin(login: string): Promise<Account | undefined> {
    const owner = await this.#one(cql.findLogin, [login]);
    return owner && this.find(textOf(owner, 'tenant'), login);
  }

  async claimLogin({ login, tenant, userId }: Owner): Promise<boolean> {
    const { applied } = await this.#session.execute(cql.claimLogin, [login, tenant, userId]);
    if (applied) return true;
    const owner = await this.#one(cql.findLogin, [login]);
    return owner !== undefined && textOf(owner, 'tenant') === tenant && textOf(owner, 'user_id') === userId;
  }

  async releaseLogin({ login, tenant, userId }: Owner): Promise<void> {
    await this.#session.execute(cql.releaseLogin, [login, tenant, userId]);
  }

  async claimUser({ login, tenant, userId }: Owner): Promise<string> {
    const { applied } = await this.#session.execute(cql.claimUser, [tenant, userId, login]);
    return applied ? login : this.findUserLogin(tenant, userId);
  }

  async findUserLogin(tenant: string, userId: string): Promise<string> {
    const row = await this.#one(cql.findUserLogin, [tenant, userId]);
    return row ? textOf(row, 'login') : '';
  }

  async insert(account: Account, createdAt: string): Promise<boolean> {
    const { tenant, login, userId, role, password, credential, mustChange, passwordUntil } = account;
    const { applied } = await this.#session.execute(cql.insertAccount, [tenant, login, userId, role, password, credential, mustChange, passwordUntil, createdAt]);
    return applied;
  }

  async replace(account: Account, expectedCredential: string): Promise<boolean> {
    const { tenant, login, role, password, credential, mustChange, passwordUntil } = account;
    const { applied } = await this.#session.execute(cql.replaceAccount, [role, password, credential, mustChange, passwordUntil, tenant, login, expectedCredential]);
    return applied;
  }

  /** The account first: without it nobody can sign in, whatever happens to the claims. */
  async remove({ tenant, login, userId }: Owner): Promise<void> {
    await this.#session.execute(cql.deleteAccount, [tenant, login]);
    await this.#session.execute(cql.releaseUser, [tenant, userId, login]);
    await this.#session.execute(cql.releaseLogin, [login, tenant, userId]);
  }

  async #one(statement: Parameters<CqlSession['execute']>[0], params: readonly unknown[]): Promise<Row | undefined> {
    return (await this.#session.execute(statement, params)).rows[0];
  }
}

function accountOf(row: Row): Account {
  return {
    tenant: textOf(row, 'tenant'),
    login: textOf(row, 'login'),
    userId: textOf(row, 'user_id'),
    role: textOf(row, 'role') as Role,
    password: textOf(row, 'password'),
    credential: textOf(row, 'credential'),
    mustChange: row['must_change'] === true,
    passwordUntil: textOf(row, 'password_until'),
  };
}
