import { asEntity, type Entity } from '../entities/bodies.ts';
import { badPageToken, checkPage, checkQuery } from '../entities/check-input.ts';
import type { EntityState, EntityStore } from '../entities/entities.store.ts';
import { LISTS } from '../entities/entity-kinds.ts';
import { endOf, firstHits, sortKeyOf, type Position } from '../entities/name-order.ts';
import { numbersOf } from './numbers-of-user.ts';
import type { UserWithNumbers } from './users.service.ts';

export interface UserQuery {
  readonly query: string;
  readonly pageSize: number;
  readonly pageToken: string;
}

export interface UserPage {
  readonly users: UserWithNumbers[];
  readonly nextPageToken: string;
}

interface WordToken {
  readonly inner: string;
  readonly after: Position | undefined;
}

/** Users by name, or by a prefix of any word of the name. */
export class UserSearchService {
  private readonly store: EntityStore;

  constructor(store: EntityStore) {
    this.store = store;
  }

  async list(tenant: string, request: UserQuery): Promise<UserPage> {
    const page = checkPage(request);
    const prefix = sortKeyOf(checkQuery(request.query));
    const { states, nextPageToken } = prefix === '' ? await this.all(tenant, page) : await this.byWord(tenant, prefix, page);
    const users = await Promise.all(states.map((user) => this.withNumbers(tenant, user)));
    return { users, nextPageToken };
  }

  private async all(tenant: string, { pageSize, pageToken }: { pageSize: number; pageToken: string }): Promise<{ states: Entity<'user'>[]; nextPageToken: string }> {
    const { items, nextPageToken } = await this.store.list(tenant, LISTS.users, { pageSize, ...(pageToken ? { pageToken } : {}) });
    return { states: living(items), nextPageToken };
  }

  /** Pages may be shorter than asked for: a second hit of a user shown before is left out. */
  private async byWord(tenant: string, prefix: string, { pageSize, pageToken }: { pageSize: number; pageToken: string }): Promise<{ states: Entity<'user'>[]; nextPageToken: string }> {
    const { inner, after } = readToken(pageToken);
    const { items, nextPageToken } = await this.store.list(tenant, LISTS.userWords, { prefix, pageSize, ...(inner ? { pageToken: inner } : {}) });
    const found = living(items).map((state) => ({ id: state.id, name: state.body.displayName, state }));
    const states = firstHits(found, prefix, after).map(({ state }) => state);
    return { states, nextPageToken: nextPageToken === '' ? '' : writeToken({ inner: nextPageToken, after: endOf(found, prefix, after) }) };
  }

  private async withNumbers(tenant: string, user: Entity<'user'>): Promise<UserWithNumbers> {
    const numbers = await numbersOf(this.store, tenant, user.id);
    return { user, numbers: numbers.map(({ body }) => ({ switchId: body.switchId, number: body.number })) };
  }
}

function living(items: readonly EntityState[]): Entity<'user'>[] {
  return items.filter(({ deleted }) => !deleted).map((state) => asEntity<'user'>(state));
}

function writeToken(token: WordToken): string {
  return Buffer.from(JSON.stringify([token.inner, token.after?.key ?? '', token.after?.id ?? ''])).toString('base64url');
}

function readToken(text: string): WordToken {
  if (text === '') return { inner: '', after: undefined };
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string')) throw badPageToken();
    const [inner = '', key = '', id = ''] = parts;
    return { inner, after: { key, id } };
  } catch {
    throw badPageToken();
  }
}
