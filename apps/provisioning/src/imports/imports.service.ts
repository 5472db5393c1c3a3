import { randomUUID } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import { asBody, asEntity, find, type Entity } from '../entities/bodies.ts';
import { type Caller, commitAs } from '@sfs/change-log';
import { dnId } from '../entities/dn-id.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import { LISTS } from '../entities/entity-kinds.ts';
import { sortKeyOf } from '../entities/name-order.ts';
import { readList } from '../entities/read-list.ts';
import { checkRows, type CheckedRow, type RefusedRow } from './check-rows.ts';
import { readUserRows } from './read-user-rows.ts';

export interface RowOutcome {
  readonly line: number;
  readonly outcome: 'create' | 'unchanged' | 'refused';
  readonly message: string;
  readonly field: string;
  readonly userId: string;
}

/** Rows at work at once: each is a handful of round trips to the store. */
const WIDTH = 8;

/** Rows are independent and each is one commit (number and user together), so a file that broke off can simply be sent again. */
export class ImportsService {
  private readonly store: EntityStore;

  constructor(store: EntityStore) {
    this.store = store;
  }

  async importUsers(caller: Caller, request: { readonly csv: string; readonly dryRun: boolean }): Promise<RowOutcome[]> {
    const rows = readUserRows(request.csv);
    const { tenant } = caller;
    const [sites, switches] = await Promise.all([readList(this.store, tenant, 'site', LISTS.sites), readList(this.store, tenant, 'switch', LISTS.switches)]);
    const checked = checkRows(rows, { sites: ids(sites), switches: ids(switches) });
    return inParallel(checked, (row) => ('field' in row ? refused(row) : this.one(caller, row, request.dryRun)));
  }

  private async one(caller: Caller, row: CheckedRow, dryRun: boolean): Promise<RowOutcome> {
    try {
      const existing = row.number === '' ? await this.sameUser(caller.tenant, row) : await this.owner(caller.tenant, row);
      if (existing !== undefined) return { line: row.line, outcome: 'unchanged', message: '', field: '', userId: existing };
      const userId = dryRun ? '' : await this.create(caller, row);
      return { line: row.line, outcome: 'create', message: '', field: '', userId };
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      return refused({ line: row.line, field: error.details.field ?? 'number', message: `${error.message}. ${error.details.remedy ?? ''}`.trim() });
    }
  }

  /** The user that has the number already, when it is the one of the row; undefined = the number is free. */
  private async owner(tenant: string, row: CheckedRow): Promise<string | undefined> {
    const dn = await find(this.store, tenant, 'dn', dnId(row));
    if (!dn || dn.body.userId === '') return undefined;
    const user = await find(this.store, tenant, 'user', dn.body.userId);
    if (user && isSame(user, row)) return user.id;
    throw new DomainError('conflict', 'imports/number-taken', `Number ${row.number} belongs to ${user?.body.displayName ?? 'another user'}`, { field: 'number', remedy: 'Choose another number, or release it first.' });
  }

  private async sameUser(tenant: string, row: CheckedRow): Promise<string | undefined> {
    const page = await this.store.list(tenant, LISTS.users, { prefix: sortKeyOf(row.displayName), pageSize: 200 });
    return page.items.map((state) => asEntity<'user'>(state)).find((user) => !user.deleted && isSame(user, row))?.id;
  }

  private async create(caller: Caller, row: CheckedRow): Promise<string> {
    const { displayName, email, siteId, callingProfileId, switchId, number } = row;
    const id = randomUUID();
    const user = { kind: 'user', id, expect: 'absent' as const, body: asBody('user', { id, displayName, email, siteId, callingProfileId }) };
    if (number === '') {
      await commitAs(this.store, { area: 'users', subject: 'The user' }, { ...caller, rows: [user] });
      return id;
    }
    const free = await find(this.store, caller.tenant, 'dn', dnId(row));
    const body = asBody('dn', { switchId, number, userId: id, hasSipPassword: free?.body.hasSipPassword ?? false });
    const dn = { kind: 'dn', id: dnId(row), expect: free ? { tag: free.tag } : ('absent' as const), body };
    await commitAs(this.store, { area: 'directory-numbers', subject: `Number ${number}` }, { ...caller, rows: [dn, user] });
    return id;
  }
}

function isSame({ body }: Entity<'user'>, row: CheckedRow): boolean {
  return body.displayName === row.displayName && body.email === row.email && body.siteId === row.siteId;
}

function refused({ line, field, message }: RefusedRow): RowOutcome {
  return { line, outcome: 'refused', field, message, userId: '' };
}

function ids(entities: readonly { readonly id: string }[]): Set<string> {
  return new Set(entities.map(({ id }) => id));
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => R | Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of queue) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
  return results;
}
