import { asBody, asEntity, find, type DnBody, type Entity } from '../entities/bodies.ts';
import { type Caller, commitAs, onceOnly } from '@sfs/change-log';
import { checkKey, checkNumber, checkPage, checkQuery, checkTag } from '../entities/check-input.ts';
import { dnId } from '../entities/dn-id.ts';
import type { EntityStore, RowChange } from '../entities/entities.store.ts';
import { LISTS } from '../entities/entity-kinds.ts';
import { getNumber, getSwitch, getUser } from '../entities/existing.ts';
import type { Registrar } from './registrar-port.ts';

export interface NumberKey {
  readonly switchId: string;
  readonly number: string;
}

export interface NumberQuery {
  readonly switchId: string;
  readonly query: string;
  readonly pageSize: number;
  readonly pageToken: string;
}

const WORDS = { area: 'directory-numbers', subject: 'The number' };

export class DirectoryNumbersService {
  private readonly store: EntityStore;
  private readonly registrar: Registrar;

  constructor(store: EntityStore, registrar: Registrar) {
    this.store = store;
    this.registrar = registrar;
  }

  async create(caller: Caller, wanted: NumberKey & { readonly userId: string; readonly idempotencyKey: string }): Promise<Entity<'dn'>> {
    const number = checkNumber(wanted.number);
    const key = checkKey(wanted.idempotencyKey);
    const { id: switchId } = await getSwitch(this.store, caller.tenant, wanted.switchId);
    if (wanted.userId !== '') await getUser(this.store, caller.tenant, wanted.userId);
    const body = asBody('dn', { switchId, number, userId: wanted.userId, hasSipPassword: false });
    const state = await commitAs(this.store, WORDS, { ...caller, ...onceOnly(key, body), rows: [{ kind: 'dn', id: dnId({ switchId, number }), expect: 'absent', body }] });
    return this.keptByItsUser(caller, asEntity(state));
  }

  get(tenant: string, key: NumberKey): Promise<Entity<'dn'>> {
    return getNumber(this.store, tenant, key);
  }

  async list(tenant: string, request: NumberQuery): Promise<{ numbers: Entity<'dn'>[]; nextPageToken: string }> {
    const { pageSize, pageToken } = checkPage(request);
    const prefix = checkQuery(request.query);
    const { id } = await getSwitch(this.store, tenant, request.switchId);
    const page = await this.store.list(tenant, LISTS.numbersOf(id), { pageSize, ...(prefix ? { prefix } : {}), ...(pageToken ? { pageToken } : {}) });
    return { numbers: page.items.filter(({ deleted }) => !deleted).map((state) => asEntity<'dn'>(state)), nextPageToken: page.nextPageToken };
  }

  /** Gives the number to a user, or takes it away with an empty user id. */
  async update(caller: Caller, key: NumberKey, wanted: { readonly userId: string; readonly expectedTag: string; readonly idempotencyKey: string }): Promise<Entity<'dn'>> {
    const tag = checkTag(wanted.expectedTag);
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    const current = await getNumber(this.store, caller.tenant, key);
    if (wanted.userId !== '') await getUser(this.store, caller.tenant, wanted.userId);
    const body = asBody('dn', { ...current.body, userId: wanted.userId });
    const once = onceOnly(idempotencyKey, { id: current.id, userId: wanted.userId, tag });
    const state = await commitAs(this.store, WORDS, { ...caller, ...once, rows: [{ kind: 'dn', id: current.id, expect: { tag }, body }] });
    return this.keptByItsUser(caller, asEntity(state));
  }

  /** A repeated delete of the same version answers the same. */
  async delete(caller: Caller, key: NumberKey, expectedTag: string): Promise<void> {
    const tag = checkTag(expectedTag);
    const earlier = await this.store.read(caller.tenant, 'dn', dnId({ switchId: key.switchId.slice(0, 64), number: checkNumber(key.number) }));
    if (earlier?.deleted && earlier.parentTag === tag) return;
    const { id, body } = await getNumber(this.store, caller.tenant, key);
    const credential = await find(this.store, caller.tenant, 'sip-credential', id);
    const rows: RowChange[] = [{ kind: 'dn', id, expect: { tag }, body: asBody('dn', { ...body, hasSipPassword: false }), deleted: true }];
    if (credential) rows.push({ kind: 'sip-credential', id, expect: 'any', body: asBody('sip-credential', { ...credential.body, sealed: '' }) });
    await commitAs(this.store, WORDS, { ...caller, rows });
    if (credential) await this.registrar.credentialChanged(caller.tenant, id);
  }

  /** The user may have been deleted since it was looked up (see UsersService.releaseLate): then the number is nobody's. */
  private async keptByItsUser(caller: Caller, number: Entity<'dn'>): Promise<Entity<'dn'>> {
    const { userId } = number.body;
    if (userId === '' || (await find(this.store, caller.tenant, 'user', userId))) return number;
    const body: DnBody = { ...number.body, userId: '' };
    await this.store.commit({ ...caller, rows: [{ kind: 'dn', id: number.id, expect: { tag: number.tag }, body: asBody('dn', body) }] }).catch(() => undefined);
    await getUser(this.store, caller.tenant, userId);
    return number;
  }
}
