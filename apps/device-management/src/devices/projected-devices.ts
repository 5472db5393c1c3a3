import { SYSTEM_DEVICE_SETTINGS, type DeviceSettings } from '@sfs/phone-config';
import { asEntity, layerId, type DeviceBody, type Entity as EntityOf } from '../entities/bodies.ts';
import { type Entity, EntityTable, KeyGroups } from '@sfs/projection';
import type { KnownDevice, KnownDevices, SettingsAbove } from './known-devices.port.ts';
import { SortedKeys } from './sorted-keys.ts';

export const DEVICE_KINDS = ['device', 'device-profile', 'device-layer'] as const;

/** What decides which settings are above it. */
export type Placed = Pick<KnownDevice, 'tenant' | 'switchId' | 'profileId'>;

type Listener = (macs: Iterable<string>) => void;

/** Devices, profiles and layers of all tenants, indexed by what is asked. */
export class ProjectedDevices implements KnownDevices {
  readonly #table = new EntityTable();
  readonly #devices = new Map<string, KnownDevice>();
  readonly #ofTenant = new Map<string, SortedKeys>();
  readonly #ofNumber = new KeyGroups();
  readonly #ofProfile = new KeyGroups();
  readonly #profilesOf = new KeyGroups();
  readonly #listeners = new Set<Listener>();
  readonly #siteOf: (tenant: string, switchId: string) => string;
  loads = 0;
  /** rises with everything that comes in */
  changes = 0;

  /** `siteOf`: of a switch; '' = unknown */
  constructor(siteOf: (tenant: string, switchId: string) => string) {
    this.#siteOf = siteOf;
  }

  get isLoaded(): boolean {
    return this.loads > 0;
  }

  get size(): number {
    return this.#devices.size;
  }

  apply(entity: Entity): void {
    if (this.#table.apply(entity)) this.#take([entity]);
  }

  /** The whole state. Returns how many were news. */
  async load(entities: AsyncIterable<Entity>): Promise<number> {
    const news = await this.#table.load(entities);
    this.#take(news);
    this.loads += 1;
    return news.length;
  }

  find(mac: string): KnownDevice | undefined {
    return this.#devices.get(mac);
  }

  all(): Iterable<KnownDevice> {
    return this.#devices.values();
  }

  ofNumber(tenant: string, switchId: string, number: string): readonly KnownDevice[] {
    return this.#named(this.#ofNumber.of(`${tenant}/${switchId}/${number}`));
  }

  /** In order, by pages. */
  macsOf(tenant: string): SortedKeys | undefined {
    return this.#ofTenant.get(tenant);
  }

  usersOfProfile(tenant: string, profileId: string): number {
    return this.#ofProfile.of(`${tenant}/${profileId}`).size;
  }

  /** With its meta. */
  entity(tenant: string, mac: string): EntityOf<'device'> | undefined {
    const found = this.#table.get(tenant, 'device', mac);
    return found && asEntity<'device'>(found);
  }

  profile(tenant: string, id: string): EntityOf<'device-profile'> | undefined {
    const found = this.#table.get(tenant, 'device-profile', id);
    return found && asEntity<'device-profile'>(found);
  }

  /** By id. */
  profilesOf(tenant: string): readonly EntityOf<'device-profile'>[] {
    return [...this.#profilesOf.of(tenant)].sort().map((key) => this.profile(tenant, key.slice(tenant.length + 1))).filter((profile) => profile !== undefined);
  }

  layer(tenant: string, layer: 'tenant' | 'site', id: string): EntityOf<'device-layer'> | undefined {
    const found = this.#table.get(tenant, 'device-layer', layerId(layer, id));
    return found && asEntity<'device-layer'>(found);
  }

  /** One effective setting without the others: states of all devices are counted. */
  checkMinutesOf(device: KnownDevice): number {
    if (device.settings.checkMinutes !== undefined) return device.settings.checkMinutes;
    const { tenant, site, profile } = this.#above(device);
    return profile?.body.settings.checkMinutes ?? site?.body.settings.checkMinutes ?? tenant?.body.settings.checkMinutes ?? SYSTEM_DEVICE_SETTINGS.checkMinutes;
  }

  settingsOf(device: Placed): SettingsAbove {
    const { tenant, site, profile } = this.#above(device);
    return { ...settingsIn('tenant', tenant), ...settingsIn('site', site), ...settingsIn('profile', profile) };
  }

  stampOf(device: KnownDevice): string {
    const { tenant, site, profile } = this.#above(device);
    return `${device.tag} ${tenant?.tag ?? ''} ${site?.tag ?? ''} ${profile?.tag ?? ''}`;
  }

  onChanged(listener: Listener): void {
    this.#listeners.add(listener);
  }

  #above({ tenant, switchId, profileId }: Placed): { tenant: EntityOf<'device-layer'> | undefined; site: EntityOf<'device-layer'> | undefined; profile: EntityOf<'device-profile'> | undefined } {
    const siteId = switchId === '' ? '' : this.#siteOf(tenant, switchId);
    return {
      tenant: this.layer(tenant, 'tenant', tenant),
      site: siteId === '' ? undefined : this.layer(tenant, 'site', siteId),
      profile: profileId === '' ? undefined : this.profile(tenant, profileId),
    };
  }

  #take(news: readonly Entity[]): void {
    if (news.length === 0) return;
    this.changes += 1;
    const touched = new Set<string>();
    for (const entity of news) {
      if (entity.kind === 'device') this.#place(entity);
      if (entity.kind === 'device-profile') this.#profilesOf.put(`${entity.tenant}/${entity.id}`, entity.deleted ? '' : entity.tenant);
      for (const mac of this.#touchedBy(entity)) touched.add(mac);
    }
    if (touched.size > 0) for (const listener of this.#listeners) listener(touched);
  }

  #touchedBy({ tenant, kind, id }: Entity): Iterable<string> {
    if (kind === 'device') return [id];
    if (kind === 'device-profile') return this.#ofProfile.of(`${tenant}/${id}`);
    const [layer = '', layerOf = ''] = id.split('/');
    return this.#macsBelow(tenant, layer, layerOf);
  }

  *#macsBelow(tenant: string, layer: string, id: string): Generator<string> {
    for (const device of this.#devices.values()) {
      if (device.tenant !== tenant) continue;
      if (layer === 'tenant' || (device.switchId !== '' && this.#siteOf(tenant, device.switchId) === id)) yield device.mac;
    }
  }

  #place(entity: Entity): void {
    const { tenant, id: mac, deleted } = entity;
    const device = deleted ? undefined : deviceOf(entity);
    this.#ofNumber.put(mac, device === undefined || device.number === '' ? '' : `${tenant}/${device.switchId}/${device.number}`);
    this.#ofProfile.put(mac, device === undefined || device.profileId === '' ? '' : `${tenant}/${device.profileId}`);
    const macs = this.#ofTenant.get(tenant) ?? new SortedKeys();
    this.#ofTenant.set(tenant, macs);
    if (device === undefined) {
      this.#devices.delete(mac);
      macs.delete(mac);
    } else {
      this.#devices.set(mac, device);
      macs.add(mac);
    }
  }

  #named(macs: ReadonlySet<string>): KnownDevice[] {
    return [...macs].map((mac) => this.#devices.get(mac)).filter((device) => device !== undefined);
  }
}

function deviceOf({ tenant, tag, body }: Entity): KnownDevice {
  return { ...(body as unknown as DeviceBody), tenant, tag };
}

function settingsIn(name: keyof SettingsAbove, entity: { readonly body: { readonly settings: DeviceSettings } } | undefined): SettingsAbove {
  return entity === undefined ? {} : { [name]: entity.body.settings };
}
