import { randomUUID } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import type { Session } from '@sfs/rest-contract';
import type { AuditStore } from '../audit/audit.store.ts';
import { OPERATOR_TENANT } from '../http/act-for-tenant.ts';
import type { Caller } from '../http/caller.ts';
import type { Account, AccountsStore } from './accounts.store.ts';
import type { Passwords } from './passwords.ts';
import { cookieValue, hashOf, newSecret, parseCookie } from './secrets.ts';
import { endOf, secondsLeft, TOUCH_AFTER_MS } from './session-times.ts';
import type { SessionsStore, StoredSession } from './sessions.store.ts';
import type { SignInLimit } from './sign-in-limit.ts';

export interface SessionParts {
  readonly accounts: AccountsStore;
  readonly sessions: SessionsStore;
  readonly audit: AuditStore;
  readonly passwords: Passwords;
  readonly limit: SignInLimit;
  now(): number;
}

export interface Opened {
  readonly cookie: string;
  readonly session: Session;
}

const LOGIN = /^[a-z0-9][a-z0-9._@-]{0,63}$/;



export class SessionsService {
  readonly #parts: SessionParts;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Throws `denied` with one answer for every reason, after the same work; `exhausted` after too many failures. */
  async signIn(typed: string, password: string, address: string): Promise<Opened> {
    const { limit, audit } = this.#parts;
    const login = typed.toLowerCase();
    limit.begin(login, address);
    const account = LOGIN.test(login) ? await this.#parts.accounts.findByLogin(login) : undefined;
    // A sign-in that belongs to no tenant is the operator's to see.
    const tenant = account?.tenant ?? OPERATOR_TENANT;
    if (!(await this.#parts.passwords.verify(password, account?.password)) || !account) {
      // What was typed as a login may be a password: only what could be a login is kept.
      const entityId = LOGIN.test(login) ? login : '(malformed)';
      await audit.add({ tenant, actor: entityId, kind: 'sign-in', entityId, body: { event: 'failed', address } });
      throw new DomainError('denied', 'sessions/wrong-password', 'Login or password is wrong', { remedy: 'Check both; an administrator can give a new one-time password.' });
    }
    this.#refuseExpired(account);
    limit.succeeded(login, address);
    await audit.add({ tenant, actor: login, kind: 'sign-in', entityId: login, body: { event: 'signed-in', address } });
    return this.#open(account);
  }

  /** Whose cookie this is; throws `denied` when it is forged, ended, or from before the last password. */
  async authenticate(cookie: string): Promise<Caller> {
    const parsed = parseCookie(cookie);
    const stored = parsed && (await this.#parts.sessions.find(parsed.tenant, parsed.idHash));
    if (!stored || endOf(stored) <= this.#parts.now()) throw ended();
    const account = await this.#parts.accounts.find(stored.tenant, stored.login);
    if (!account || account.credential !== stored.credential) throw ended();
    const seen = await this.#touch(stored);
    return {
      kind: 'session',
      tenant: account.tenant,
      homeTenant: account.tenant,
      login: account.login,
      role: account.role,
      userId: account.userId,
      mustChangePassword: account.mustChange,
      expiresAt: new Date(endOf(seen)).toISOString(),
      id: stored.idHash,
    };
  }

  async signOut(caller: Caller, address: string): Promise<void> {
    if (caller.kind !== 'session') throw notWithToken();
    await this.#parts.sessions.remove(caller.tenant, caller.id);
    await this.#parts.audit.add({ tenant: caller.tenant, actor: caller.login, kind: 'sign-in', entityId: caller.login, body: { event: 'signed-out', address } });
  }

  /** Ends every session of the account and opens a new one for this caller. */
  async changePassword(caller: Caller, change: { current: string; next: string }, address: string): Promise<Opened> {
    if (caller.kind !== 'session') throw notWithToken();
    const { accounts, passwords, limit, audit } = this.#parts;
    limit.begin(caller.login, address);
    const account = await accounts.find(caller.tenant, caller.login);
    if (!account || !(await passwords.verify(change.current, account.password))) {
      throw new DomainError('denied', 'sessions/wrong-current-password', 'The current password is wrong', { field: 'current', remedy: 'Type the password you signed in with.' });
    }
    limit.succeeded(caller.login, address);
    if (change.next === change.current) throw new DomainError('invalid', 'sessions/same-password', 'The new password is the current one', { field: 'next', remedy: 'Choose another.' });
    const next: Account = { ...account, password: await passwords.hash(change.next), credential: randomUUID(), mustChange: false, passwordUntil: '' };
    if (!(await accounts.replace(next, account.credential))) {
      throw new DomainError('conflict', 'sessions/password-changed-meanwhile', 'The password was changed by somebody else meanwhile', { remedy: 'Sign in again.' });
    }
    await this.#parts.sessions.remove(caller.tenant, caller.id);
    await audit.add({ tenant: caller.tenant, actor: caller.login, kind: 'account', entityId: caller.login, body: { event: 'password-changed', address } });
    return this.#open(next);
  }

  #refuseExpired(account: Account): void {
    if (account.passwordUntil === '' || Date.parse(account.passwordUntil) > this.#parts.now()) return;
    throw new DomainError('denied', 'sessions/one-time-password-expired', 'The one-time password has expired', { remedy: 'Ask an administrator for a new one.' });
  }

  async #open(account: Account): Promise<Opened> {
    const secret = newSecret();
    const at = new Date(this.#parts.now()).toISOString();
    const stored: StoredSession = { tenant: account.tenant, idHash: hashOf(secret), login: account.login, credential: account.credential, createdAt: at, lastSeen: at };
    await this.#parts.sessions.insert(stored, secondsLeft(stored, this.#parts.now()));
    const { tenant, login, role, userId, mustChange } = account;
    const session: Session = { tenant, login, role, userId, mustChangePassword: mustChange, expiresAt: new Date(endOf(stored)).toISOString() };
    return { cookie: cookieValue(tenant, secret), session };
  }

  async #touch(stored: StoredSession): Promise<StoredSession> {
    const now = this.#parts.now();
    if (now - Date.parse(stored.lastSeen) < TOUCH_AFTER_MS) return stored;
    const lastSeen = new Date(now).toISOString();
    await this.#parts.sessions.touch(stored, lastSeen, secondsLeft(stored, now));
    return { ...stored, lastSeen };
  }
}

function ended(): DomainError {
  return new DomainError('denied', 'sessions/ended', 'The session has ended', { remedy: 'Sign in again.' });
}

function notWithToken(): DomainError {
  return new DomainError('denied', 'sessions/needs-session', 'That needs a signed-in person, not an API token', { remedy: 'Sign in with login and password.' });
}
