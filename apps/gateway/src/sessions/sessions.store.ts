import type { Role } from '@sfs/rest-contract';

export interface StoredSession {
  readonly tenant: string;
  readonly idHash: string;
  readonly login: string;
  readonly credential: string;
  readonly createdAt: string;
  readonly lastSeen: string;
}

export interface StoredToken {
  readonly tenant: string;
  readonly id: string;
  readonly secretHash: string;
  readonly name: string;
  readonly role: Role;
  readonly userId: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface SessionsStore {
  insert(session: StoredSession, ttlSeconds: number): Promise<void>;
  find(tenant: string, idHash: string): Promise<StoredSession | undefined>;
  touch(session: Pick<StoredSession, 'tenant' | 'idHash'>, lastSeen: string, ttlSeconds: number): Promise<void>;
  remove(tenant: string, idHash: string): Promise<void>;
}

export interface TokensStore {
  insert(token: StoredToken, ttlSeconds: number): Promise<void>;
  find(tenant: string, id: string): Promise<StoredToken | undefined>;
  list(tenant: string): Promise<readonly StoredToken[]>;
  remove(tenant: string, id: string): Promise<void>;
}
