import { randomUUID } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import type { Role } from '@sfs/rest-contract';
import type { AuditStore } from '../audit/audit.store.ts';
import type { Account, AccountsStore } from './accounts.store.ts';
import type { Passwords } from './passwords.ts';
import { newOneTimePassword } from './secrets.ts';

export interface AccountParts {
  readonly accounts: AccountsStore;
  readonly audit: AuditStore;
  readonly passwords: Passwords;
  now(): number;
}

export interface Invitation {
  readonly tenant: string;
  readonly userId: string;
  readonly login: string;
  readonly role: Role;
  readonly actor: string;
}

const ONE_TIME_PASSWORD_MS = 7 * 24 * 60 * 60_000;

export class AccountsService {
  readonly #parts: AccountParts;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /**
   * Gives a user an account, or its account a new one-time password (and role), which ends all its sessions. The claims come first: a crash
   * leaves a claimed login without an account, which the same call completes. Throws `conflict` when the login or the user is taken.
   */
  async invite(invitation: Invitation): Promise<string> {
    const { tenant, userId, login, role, actor } = invitation;
    await this.#claim(invitation);
    const oneTimePassword = newOneTimePassword();
    const account: Account = {
      tenant,
      login,
      userId,
      role,
      password: await this.#parts.passwords.hash(oneTimePassword),
      credential: randomUUID(),
      mustChange: true,
      passwordUntil: new Date(this.#parts.now() + ONE_TIME_PASSWORD_MS).toISOString(),
    };
    const event = await this.#save(account);
    await this.#parts.audit.add({ tenant, actor, kind: 'account', entityId: login, body: { event, role, userId } });
    return oneTimePassword;
  }

  /** When the user is gone, its account is; its sessions end with it. */
  async closeOfUser(tenant: string, userId: string, actor: string): Promise<void> {
    const login = await this.#parts.accounts.findUserLogin(tenant, userId);
    if (login === '') return;
    await this.#parts.accounts.remove({ tenant, login, userId });
    await this.#parts.audit.add({ tenant, actor, kind: 'account', entityId: login, body: { event: 'removed', userId } });
  }

  /** Only while there is no account: accounts are made by administrators, and `admin` is the first. */
  async ensureFirst(login: string, password: string): Promise<'created' | 'exists'> {
    const { accounts, passwords, audit } = this.#parts;
    const owner = { tenant: 'default', login, userId: '' };
    if (await accounts.findByLogin(login)) return 'exists';
    if (!(await accounts.claimLogin(owner))) return 'exists';
    const account: Account = { ...owner, role: 'administrator', password: await passwords.hash(password), credential: randomUUID(), mustChange: false, passwordUntil: '' };
    if (!(await accounts.insert(account, this.#time()))) return 'exists';
    await audit.add({ tenant: owner.tenant, actor: 'system', kind: 'account', entityId: login, body: { event: 'created', role: 'administrator' } });
    return 'created';
  }

  async #claim(invitation: Invitation): Promise<void> {
    const { accounts } = this.#parts;
    if (!(await accounts.claimLogin(invitation))) {
      throw new DomainError('conflict', 'accounts/login-taken', 'This login belongs to somebody else', { field: 'login', remedy: 'Choose another login.' });
    }
    const login = await accounts.claimUser(invitation);
    if (login === invitation.login) return;
    await accounts.releaseLogin(invitation);
    throw new DomainError('conflict', 'accounts/other-login', `This user signs in as ${login}`, { field: 'login', remedy: `Use the login ${login} to give a new one-time password.` });
  }

  async #save(account: Account): Promise<'created' | 'password-reset'> {
    const { accounts } = this.#parts;
    if (await accounts.insert(account, this.#time())) return 'created';
    const current = await accounts.find(account.tenant, account.login);
    if (current && (await accounts.replace(account, current.credential))) return 'password-reset';
    throw new DomainError('conflict', 'accounts/changed-meanwhile', 'The account was changed by somebody else meanwhile', { remedy: 'Try again.' });
  }

  #time(): string {
    return new Date(this.#parts.now()).toISOString();
  }
}
