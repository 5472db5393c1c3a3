import type { Role } from '@sfs/rest-contract';

export interface Account {
  readonly tenant: string;
  readonly login: string;
  /** '' = a pure administrator */
  readonly userId: string;
  readonly role: Role;
  /** PHC string */
  readonly password: string;
  /** renewed with each password */
  readonly credential: string;
  readonly mustChange: boolean;
  /** ISO time; '' = for ever */
  readonly passwordUntil: string;
}

export interface AccountsStore {
  find(tenant: string, login: string): Promise<Account | undefined>;
  /** Logins are unique per deployment. */
  findByLogin(login: string): Promise<Account | undefined>;
  /** false: it belongs to somebody else. Claiming what is one's own already is true. */
  claimLogin(owner: Pick<Account, 'tenant' | 'login' | 'userId'>): Promise<boolean>;
  releaseLogin(owner: Pick<Account, 'tenant' | 'login' | 'userId'>): Promise<void>;
  /** Answers the login the user has from now on: the given one, or the one it had before. */
  claimUser(owner: Pick<Account, 'tenant' | 'login' | 'userId'>): Promise<string>;
  findUserLogin(tenant: string, userId: string): Promise<string>;
  /** false: there is one already. */
  insert(account: Account, createdAt: string): Promise<boolean>;
  /** false: the password was changed by somebody else meanwhile. */
  replace(account: Account, expectedCredential: string): Promise<boolean>;
  remove(account: Pick<Account, 'tenant' | 'login' | 'userId'>): Promise<void>;
}
