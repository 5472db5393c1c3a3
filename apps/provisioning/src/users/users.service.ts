import { randomUUID } from 'node:crypto';
import { type Caller, commitAs, idFromKey, inWords, onceOnly } from '@sfs/change-log';
import { DomainError } from '@sfs/kernel';
import { asBody, asEntity, find, type Entity, type NumberRef, type UserBody } from '../entities/bodies.ts';
import { checkDisplayName, checkEmail, checkKey, checkProfileId, checkTag, isUserId } from '../entities/check-input.ts';
import type { EntityStore, RowChange } from '../entities/entities.store.ts';
import { getSite, getUser } from '../entities/existing.ts';
import { mailboxesOf, unlinkRow } from '../mailbox-links/mailboxes-of-user.ts';
import { numbersOf, releaseRow } from './numbers-of-user.ts';

export interface WrittenUser {
  readonly displayName: string;
  readonly email: string;
  readonly siteId: string;
  readonly callingProfileId: string;
  readonly idempotencyKey: string;
}

export interface UserWithNumbers {
  readonly user: Entity<'user'>;
  readonly numbers: readonly NumberRef[];
}

export interface Release {
  readonly releasedNumbers: readonly NumberRef[];
  readonly callSettingsRemoved: boolean;
}

const ATTEMPTS = 3;
const WORDS = { area: 'users', subject: 'The user' };

export class UsersService {
  private readonly store: EntityStore;

  constructor(store: EntityStore) {
    this.store = store;
  }

  /** The id follows from the key, so that a retry of the same request writes the same user. */
  async create(caller: Caller, wanted: WrittenUser): Promise<UserWithNumbers> {
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    const id = idempotencyKey === undefined ? randomUUID() : idFromKey(caller.tenant, 'user', idempotencyKey);
    const body = await this.checked(caller.tenant, id, wanted);
    const state = await commitAs(this.store, WORDS, { ...caller, ...onceOnly(idempotencyKey, body), rows: [{ kind: 'user', id, expect: 'absent', body }] });
    return { user: asEntity(state), numbers: [] };
  }

  async get(tenant: string, id: string): Promise<UserWithNumbers> {
    const user = await getUser(this.store, tenant, id, 'id');
    return { user, numbers: refs(await numbersOf(this.store, tenant, id)) };
  }

  async update(caller: Caller, id: string, expectedTag: string, wanted: WrittenUser): Promise<UserWithNumbers> {
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    const tag = checkTag(expectedTag);
    await getUser(this.store, caller.tenant, id, 'id');
    const body = await this.checked(caller.tenant, id, wanted);
    const state = await commitAs(this.store, WORDS, { ...caller, ...onceOnly(idempotencyKey, { ...body, tag }), rows: [{ kind: 'user', id, expect: { tag }, body }] });
    return { user: asEntity(state), numbers: refs(await numbersOf(this.store, caller.tenant, id)) };
  }

  /**
   * One commit: the user decides, its numbers and mailboxes are released and its call settings removed with it. What it took along stays in the user's last state,
   * so that a repeated delete of the same version answers the same.
   */
  async delete(caller: Caller, id: string, expectedTag: string): Promise<Release> {
    const tag = checkTag(expectedTag);
    const earlier = isUserId(id) ? await this.store.read(caller.tenant, 'user', id) : undefined;
    if (earlier?.deleted && earlier.parentTag === tag) return releaseOf(asEntity<'user'>(earlier).body);
    const last = await this.deleteWithNumbers(caller, id, tag);
    const late = await this.releaseLate(caller, id);
    return { ...releaseOf(last), releasedNumbers: [...(last.numbers ?? []), ...late] };
  }

  private async deleteWithNumbers(caller: Caller, id: string, tag: string): Promise<UserBody> {
    for (let attempt = 1; ; attempt += 1) {
      const user = await getUser(this.store, caller.tenant, id, 'id');
      const numbers = await numbersOf(this.store, caller.tenant, id);
      const mailboxes = await mailboxesOf(this.store, caller.tenant, id);
      const settings = await find(this.store, caller.tenant, 'call-settings', `user/${id}`);
      const last: UserBody = { ...user.body, numbers: refs(numbers), callSettingsRemoved: settings !== undefined };
      const rows: RowChange[] = [{ kind: 'user', id, expect: { tag }, body: asBody('user', last), deleted: true }, ...numbers.map(releaseRow), ...mailboxes.map(unlinkRow)];
      if (settings) rows.push({ kind: 'call-settings', id: settings.id, expect: 'any', body: asBody('call-settings', settings.body), deleted: true });
      try {
        await this.store.commit({ ...caller, rows });
        return last;
      } catch (error) {
        if (attempt === ATTEMPTS || !isReleaseChanged(error)) throw inWords(error, WORDS);
      }
    }
  }

  /**
   * A number or a mailbox may be given to the user while it is deleted:
   *   delete: reads numbers ..................... deletes ... reads numbers again: releases what came between
   *   give:   .............. gives, reads user (still there)
   */
  private async releaseLate(caller: Caller, id: string): Promise<NumberRef[]> {
    const late = await numbersOf(this.store, caller.tenant, id);
    const mailboxes = await mailboxesOf(this.store, caller.tenant, id);
    for (const row of [...late.map(releaseRow), ...mailboxes.map(unlinkRow)]) await commitAs(this.store, WORDS, { ...caller, rows: [row] });
    return refs(late);
  }

  private async checked(tenant: string, id: string, wanted: WrittenUser): Promise<Record<string, unknown>> {
    const displayName = checkDisplayName(wanted.displayName);
    const email = checkEmail(wanted.email);
    const callingProfileId = checkProfileId(wanted.callingProfileId);
    const site = await getSite(this.store, tenant, wanted.siteId);
    return asBody('user', { id, displayName, email, siteId: site.id, callingProfileId });
  }
}

/** Somebody changed a number or a mailbox of the user meanwhile: the condition of a row that follows, not of the user. */
function isReleaseChanged(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'change-log/stale' && ['dn', 'mailbox-link'].includes(String(error.details['kind']));
}

function refs(numbers: readonly Entity<'dn'>[]): NumberRef[] {
  return numbers.map(({ body }) => ({ switchId: body.switchId, number: body.number }));
}

function releaseOf(body: UserBody): Release {
  return { releasedNumbers: body.numbers ?? [], callSettingsRemoved: body.callSettingsRemoved ?? false };
}
