import { randomUUID } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import type { Role, Token } from '@sfs/rest-contract';
import type { AuditStore } from '../audit/audit.store.ts';
import type { Caller } from '../http/caller.ts';
import { hashOf, isSameHash, newSecret, parseBearer, tokenSecret } from './secrets.ts';
import type { StoredToken, TokensStore } from './sessions.store.ts';

export interface TokenParts {
  readonly tokens: TokensStore;
  readonly audit: AuditStore;
  now(): number;
}

const DAY_MS = 24 * 60 * 60_000;
const MOST = 200;

export class TokensService {
  readonly #parts: TokenParts;

  constructor(parts: TokenParts) {
    this.#parts = parts;
  }

  /** A token makes no tokens: a leaked one could not be revoked for good. */
  async create(caller: Caller, wanted: { name: string; role: Role; expiresInDays: number }): Promise<Token & { secret: string }> {
    if (caller.kind !== 'session') throw new DomainError('denied', 'sessions/needs-session', 'An API token cannot create tokens', { remedy: 'Sign in with login and password.' });
    if ((await this.#parts.tokens.list(caller.tenant)).length >= MOST) throw new DomainError('exhausted', 'tokens/too-many', `There are ${MOST} tokens already`, { remedy: 'Revoke those that nobody uses.' });
    const secret = newSecret();
    const now = this.#parts.now();
    const token: StoredToken = {
      tenant: caller.tenant,
      id: randomUUID(),
      secretHash: hashOf(secret),
      name: wanted.name,
      role: wanted.role,
      userId: caller.userId,
      createdBy: caller.login,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + wanted.expiresInDays * DAY_MS).toISOString(),
    };
    await this.#parts.tokens.insert(token, wanted.expiresInDays * (DAY_MS / 1000));
    await this.#record(caller, token.id, { event: 'created', name: token.name, role: token.role, expiresAt: token.expiresAt });
    return { ...shown(token), secret: tokenSecret(token.tenant, token.id, secret) };
  }

  async list(tenant: string): Promise<Token[]> {
    const tokens = await this.#parts.tokens.list(tenant);
    return tokens.map(shown).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }

  async revoke(caller: Caller, id: string): Promise<void> {
    const token = await this.#parts.tokens.find(caller.tenant, id);
    if (!token) throw new DomainError('not-found', 'tokens/unknown-id', 'There is no such token', { remedy: 'GET /api/v1/tokens lists them.' });
    await this.#parts.tokens.remove(caller.tenant, id);
    await this.#record(caller, id, { event: 'revoked', name: token.name });
  }

  /** Whose token this is; throws `denied` when it is unknown, revoked or expired. */
  async authenticate(authorization: string): Promise<Caller> {
    const parsed = parseBearer(authorization);
    const token = parsed && (await this.#parts.tokens.find(parsed.tenant, parsed.id));
    if (!token || !isSameHash(token.secretHash, parsed.secretHash) || Date.parse(token.expiresAt) <= this.#parts.now()) {
      throw new DomainError('denied', 'tokens/unknown', 'The API token is unknown, revoked or expired', { remedy: 'Create a new one at POST /api/v1/tokens.' });
    }
    return { kind: 'token', tenant: token.tenant, homeTenant: token.tenant, login: `token:${token.name}`, role: token.role, userId: token.userId, mustChangePassword: false, expiresAt: token.expiresAt, id: token.id };
  }

  async #record(caller: Caller, entityId: string, body: { event: string; [field: string]: string }): Promise<void> {
    await this.#parts.audit.add({ tenant: caller.tenant, actor: caller.login, kind: 'token', entityId, body });
  }
}

function shown({ id, name, role, createdAt, expiresAt }: StoredToken): Token {
  return { id, name, role, createdAt, expiresAt };
}
