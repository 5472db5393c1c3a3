import { type Entity, EntityTable, KeyGroups, textOf } from '@sfs/projection';
import type { Directory, Line, LineKey } from './directory.port.ts';

export const DIRECTORY_KINDS = ['tenant', 'site', 'switch', 'user', 'dn'] as const;

type Listener = (line: LineKey) => void;

/** Provisioning's state as far as phones need it, indexed by what is asked. */
export class ProjectedDirectory implements Directory {
  readonly #table = new EntityTable();
  /** numbers as TENANT/SWITCH/NUMBER, by TENANT/USER and by TENANT/SWITCH */
  readonly #ofUser = new KeyGroups();
  readonly #ofSwitch = new KeyGroups();
  /** switches as TENANT/SWITCH, by SIP domain */
  readonly #ofDomain = new KeyGroups();
  readonly #listeners = new Set<Listener>();
  loads = 0;

  get isLoaded(): boolean {
    return this.loads > 0;
  }

  get size(): number {
    return this.#table.size;
  }

  apply(entity: Entity): void {
    if (this.#table.apply(entity)) this.#take(entity);
  }

  /** The whole state. Returns how many were news. */
  async load(entities: AsyncIterable<Entity>): Promise<number> {
    const news = await this.#table.load(entities);
    for (const entity of news) this.#take(entity);
    this.loads += 1;
    return news.length;
  }

  line(tenant: string, switchId: string, number: string): Line | undefined {
    const home = this.#table.get(tenant, 'switch', switchId);
    const dn = this.#table.get(tenant, 'dn', `${switchId}/${number}`);
    if (home === undefined || dn === undefined) return undefined;
    const userId = textOf(dn, 'userId');
    const user = userId === '' ? undefined : this.#table.get(tenant, 'user', userId);
    return {
      tenant,
      switchId,
      number,
      userId,
      displayName: user === undefined ? '' : textOf(user, 'displayName'),
      sipDomain: textOf(home, 'sipDomain'),
      siteId: textOf(home, 'siteId'),
      stamp: `${dn.tag} ${home.tag} ${user?.tag ?? ''}`,
    };
  }

  numberOf(sipDomain: string, number: string): LineKey | undefined {
    for (const home of this.#ofDomain.of(sipDomain.toLowerCase())) {
      const { tenant, switchId } = keyOf(`${home}/${number}`);
      if (this.#table.get(tenant, 'dn', `${switchId}/${number}`)) return { tenant, switchId, number };
    }
    return undefined;
  }

  onChanged(listener: Listener): void {
    this.#listeners.add(listener);
  }

  hasTenant(tenant: string): boolean {
    return this.#table.get(tenant, 'tenant', tenant) !== undefined;
  }

  hasSwitch(tenant: string, switchId: string): boolean {
    return this.#table.get(tenant, 'switch', switchId) !== undefined;
  }

  hasSite(tenant: string, siteId: string): boolean {
    return this.#table.get(tenant, 'site', siteId) !== undefined;
  }

  /** '' = there is no such switch */
  siteOf(tenant: string, switchId: string): string {
    const home = this.#table.get(tenant, 'switch', switchId);
    return home === undefined ? '' : textOf(home, 'siteId');
  }

  #take(entity: Entity): void {
    const { tenant, kind, id, deleted } = entity;
    const key = `${tenant}/${id}`;
    if (kind === 'dn') {
      const userId = textOf(entity, 'userId');
      this.#ofUser.put(key, deleted || userId === '' ? '' : `${tenant}/${userId}`);
      this.#ofSwitch.put(key, deleted ? '' : `${tenant}/${textOf(entity, 'switchId')}`);
      this.#tell([key]);
    }
    if (kind === 'switch') {
      this.#ofDomain.put(key, deleted ? '' : textOf(entity, 'sipDomain').toLowerCase());
      this.#tell(this.#ofSwitch.of(key));
    }
    if (kind === 'user') this.#tell(this.#ofUser.of(key));
  }

  #tell(numbers: Iterable<string>): void {
    if (this.#listeners.size === 0) return;
    for (const number of numbers) for (const listener of this.#listeners) listener(keyOf(number));
  }
}

/** Tenant and switch are names without a slash. */
function keyOf(key: string): LineKey {
  const [tenant = '', switchId = '', number = ''] = key.split('/');
  return { tenant, switchId, number };
}
