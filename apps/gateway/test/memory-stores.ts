import type { AuditEntry, AuditStore } from '../src/audit/audit.store.ts';
import type { Account, AccountsStore } from '../src/sessions/accounts.store.ts';
import type { SessionsStore, StoredSession, StoredToken, TokensStore } from '../src/sessions/sessions.store.ts';

type Owner = Pick<Account, 'tenant' | 'login' | 'userId'>;

/** For specs: the ports of this slice as the Cassandra stores keep them, in maps. */
export class MemoryAccounts implements AccountsStore {
  readonly accounts = new Map<string, Account>();
  readonly logins = new Map<string, Owner>();
  readonly users = new Map<string, string>();

  async find(tenant: string, login: string): Promise<Account | undefined> {
    return this.accounts.get(`${tenant}/${login}`);
  }

  async findByLogin(login: string): Promise<Account | undefined> {
    const owner = this.logins.get(login);
    return owner && this.find(owner.tenant, login);
  }

  async claimLogin(owner: Owner): Promise<boolean> {
    const known = this.logins.get(owner.login);
    if (!known) this.logins.set(owner.login, owner);
    return !known || (known.tenant === owner.tenant && known.userId === owner.userId);
  }

  async releaseLogin({ login }: Owner): Promise<void> {
    this.logins.delete(login);
  }

  async claimUser({ tenant, userId, login }: Owner): Promise<string> {
    const known = this.users.get(`${tenant}/${userId}`);
    if (known === undefined) this.users.set(`${tenant}/${userId}`, login);
    return known ?? login;
  }

  async findUserLogin(tenant: string, userId: string): Promise<string> {
    return this.users.get(`${tenant}/${userId}`) ?? '';
  }

  async insert(account: Account): Promise<boolean> {
    const key = `${account.tenant}/${account.login}`;
    if (this.accounts.has(key)) return false;
    this.accounts.set(key, account);
    return true;
  }

  async replace(account: Account, expectedCredential: string): Promise<boolean> {
    const key = `${account.tenant}/${account.login}`;
    if (this.accounts.get(key)?.credential !== expectedCredential) return false;
    this.accounts.set(key, account);
    return true;
  }

  async remove({ tenant, login, userId }: Owner): Promise<void> {
    this.accounts.delete(`${tenant}/${login}`);
    this.users.delete(`${tenant}/${userId}`);
    this.logins.delete(login);
  }
}

export class MemorySessions implements SessionsStore {
  readonly rows = new Map<string, StoredSession>();

  async insert(session: StoredSession): Promise<void> {
    this.rows.set(`${session.tenant}/${session.idHash}`, session);
  }

  async find(tenant: string, idHash: string): Promise<StoredSession | undefined> {
    return this.rows.get(`${tenant}/${idHash}`);
  }

  async touch({ tenant, idHash }: Pick<StoredSession, 'tenant' | 'idHash'>, lastSeen: string): Promise<void> {
    const row = this.rows.get(`${tenant}/${idHash}`);
    if (row) this.rows.set(`${tenant}/${idHash}`, { ...row, lastSeen });
  }

  async remove(tenant: string, idHash: string): Promise<void> {
    this.rows.delete(`${tenant}/${idHash}`);
  }
}

export class MemoryTokens implements TokensStore {
  readonly rows = new Map<string, StoredToken>();

  async insert(token: StoredToken): Promise<void> {
    this.rows.set(`${token.tenant}/${token.id}`, token);
  }

  async find(tenant: string, id: string): Promise<StoredToken | undefined> {
    return this.rows.get(`${tenant}/${id}`);
  }

  async list(tenant: string): Promise<readonly StoredToken[]> {
    return [...this.rows.values()].filter((token) => token.tenant === tenant);
  }

  async remove(tenant: string, id: string): Promise<void> {
    this.rows.delete(`${tenant}/${id}`);
  }
}

export class MemoryAudit implements AuditStore {
  readonly entries: AuditEntry[] = [];

  async add(entry: AuditEntry): Promise<void> {
    this.entries.push(entry);
  }

  async list(): Promise<{ items: []; nextPageToken: string }> {
    return { items: [], nextPageToken: '' };
  }

  get events(): string[] {
    return this.entries.map(({ kind, entityId, body }) => `${kind} ${entityId} ${body.event}`);
  }
}
