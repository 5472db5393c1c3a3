import { commitAs, onceOnly, type Caller } from '@sfs/change-log';
import { DomainError } from '@sfs/kernel';
import type { DeviceSettings } from '@sfs/phone-config';
import type { ProjectedDevices } from '../devices/projected-devices.ts';
import { asBody, asEntity, find, type Entity } from '../entities/bodies.ts';
import { checkKey, checkName, checkSettings, checkTag, checkText, refuse } from '../entities/check-input.ts';
import type { EntityStore, RowChange } from '../entities/entities.store.ts';

const WORDS = { area: 'device-profiles', subject: 'The device profile' };
const LIMIT = 200;

export interface ProfileView {
  readonly profile: Entity<'device-profile'>;
  /** how many devices use it */
  readonly devices: number;
}

export interface WrittenProfile {
  readonly id: string;
  readonly name: string;
  readonly settings: DeviceSettings;
  /** '' = must not exist */
  readonly expectedTag: string;
  readonly idempotencyKey: string;
}

export interface ProfilesParts {
  readonly store: EntityStore;
  readonly known: Pick<ProjectedDevices, 'profilesOf' | 'usersOfProfile'>;
}

/** Settings that devices share. */
export class ProfilesService {
  readonly #parts: ProfilesParts;

  constructor(parts: ProfilesParts) {
    this.#parts = parts;
  }

  async get(tenant: string, id: string): Promise<ProfileView> {
    const profile = await find(this.#parts.store, tenant, 'device-profile', checkName('id', id));
    if (!profile) throw unknownProfile();
    return this.#view(profile);
  }

  list(tenant: string): readonly ProfileView[] {
    return this.#parts.known.profilesOf(tenant).map((profile) => this.#view(profile));
  }

  async put(caller: Caller, wanted: WrittenProfile): Promise<ProfileView> {
    const id = checkName('id', wanted.id);
    const key = checkKey(wanted.idempotencyKey);
    const name = checkText('name', wanted.name);
    if (name === '') throw refuse({ code: 'input/text', field: 'name', message: 'A name is missing', remedy: 'Send a name to show to people.' });
    const body = asBody('device-profile', { id, name, settings: checkSettings(wanted.settings) });
    const expect = wanted.expectedTag === '' ? 'absent' : { tag: checkTag(wanted.expectedTag) };
    if (expect === 'absent' && this.#parts.known.profilesOf(caller.tenant).length >= LIMIT) {
      throw new DomainError('exhausted', 'device-profiles/full', `There are ${LIMIT} device profiles`, { remedy: 'Delete one that nobody uses.' });
    }
    const rows: RowChange[] = [{ kind: 'device-profile', id, expect, body }];
    return this.#view(asEntity(await commitAs(this.#parts.store, WORDS, { ...caller, ...onceOnly(key, { ...body, tag: wanted.expectedTag }), rows })));
  }

  /** A device that gets it at this very moment has what its site has. */
  async delete(caller: Caller, text: string, expectedTag: string): Promise<void> {
    const { store, known } = this.#parts;
    const id = checkName('id', text);
    const tag = checkTag(expectedTag);
    const earlier = await store.read(caller.tenant, 'device-profile', id);
    if (earlier === undefined || (earlier.deleted && earlier.parentTag !== tag)) throw unknownProfile();
    if (earlier.deleted) return;
    const users = known.usersOfProfile(caller.tenant, id);
    if (users > 0) throw new DomainError('conflict', 'device-profiles/in-use', `${users} devices use this profile`, { field: 'id', remedy: 'Give these devices another profile first.' });
    await commitAs(store, WORDS, { ...caller, rows: [{ kind: 'device-profile', id, expect: { tag }, body: earlier.body, deleted: true }] });
  }

  #view(profile: Entity<'device-profile'>): ProfileView {
    return { profile, devices: this.#parts.known.usersOfProfile(profile.tenant, profile.id) };
  }
}

function unknownProfile(): DomainError {
  return new DomainError('not-found', 'device-profiles/unknown', 'There is no such device profile', { field: 'id', remedy: 'Choose one of the list.' });
}
