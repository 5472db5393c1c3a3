import { SortedKeys } from '../devices/sorted-keys.ts';
import type { WaitingPhone } from './facts.port.ts';

export interface WaitingDevice extends WaitingPhone {
  /** epoch ms */
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

/** Of one tenant; whoever goes through MACs must not fill memory or store. */
const LIMIT = 5_000;
/** A phone that only asks again is written once in this time. */
const REWRITE_MS = 60_000;

interface Tenant {
  /** the one that was silent for longest is the first */
  readonly phones: Map<string, { device: WaitingDevice; writtenAt: number }>;
  readonly macs: SortedKeys;
}

export interface WaitingChange {
  readonly put: readonly WaitingDevice[];
  readonly drop: readonly { readonly tenant: string; readonly mac: string }[];
}

/** Phones that asked and are not entered, by tenant, and what of it is to be written. */
export class WaitingList {
  readonly #tenants = new Map<string, Tenant>();
  readonly #toPut = new Map<string, WaitingDevice>();
  readonly #toDrop = new Map<string, { tenant: string; mac: string }>();
  readonly #limit: number;

  constructor(limit = LIMIT) {
    this.#limit = limit;
  }

  note(phone: WaitingPhone, now: number): void {
    const { phones } = this.#of(phone.tenant);
    const before = phones.get(phone.mac);
    const device = { ...known(before?.device, phone), firstSeenAt: before?.device.firstSeenAt ?? now, lastSeenAt: now };
    const isNews = before === undefined || !isSame(before.device, device) || now - before.writtenAt >= REWRITE_MS;
    this.#keep(device, isNews ? now : before.writtenAt);
    if (isNews) this.#toPut.set(device.mac, device);
  }

  /** It was entered or taken off the list. */
  forget(tenant: string, mac: string): void {
    const of = this.#tenants.get(tenant);
    this.#toPut.delete(mac);
    if (!of?.phones.delete(mac)) return;
    of.macs.delete(mac);
  }

  find(tenant: string, mac: string): WaitingDevice | undefined {
    return this.#tenants.get(tenant)?.phones.get(mac)?.device;
  }

  macsOf(tenant: string): SortedKeys | undefined {
    return this.#tenants.get(tenant)?.macs;
  }

  /** What the store holds; what it did not hold any more at `readAt` and was written before was taken off by another replica. */
  merge(stored: readonly WaitingDevice[], readAt: number): void {
    const held = new Set(stored.map(({ mac }) => mac));
    for (const device of stored) {
      const before = this.find(device.tenant, device.mac);
      const firstSeenAt = Math.min(device.firstSeenAt, before?.firstSeenAt ?? device.firstSeenAt);
      this.#keep({ ...(before !== undefined && before.lastSeenAt >= device.lastSeenAt ? before : device), firstSeenAt }, readAt);
    }
    for (const [tenant, { phones }] of this.#tenants) {
      for (const [mac, { writtenAt }] of phones) if (writtenAt < readAt - REWRITE_MS && !held.has(mac) && !this.#toPut.has(mac)) this.forget(tenant, mac);
    }
  }

  get open(): number {
    return this.#toPut.size + this.#toDrop.size;
  }

  take(most: number): WaitingChange {
    const put = [...this.#toPut.values()].slice(0, most);
    const drop = [...this.#toDrop.values()].slice(0, most);
    for (const { mac } of put) this.#toPut.delete(mac);
    for (const { mac } of drop) this.#toDrop.delete(mac);
    return { put, drop };
  }

  /** Could not be written. */
  reopenPut(device: WaitingDevice): void {
    const { tenant, mac } = device;
    if (this.find(tenant, mac) !== undefined && !this.#toPut.has(mac)) this.#toPut.set(mac, device);
  }

  reopenDrop(tenant: string, mac: string): void {
    if (this.find(tenant, mac) === undefined) this.#toDrop.set(mac, { tenant, mac });
  }

  #keep(device: WaitingDevice, writtenAt: number): void {
    const { tenant, mac } = device;
    const { phones, macs } = this.#of(tenant);
    phones.delete(mac);
    phones.set(mac, { device, writtenAt });
    macs.add(mac);
    this.#toDrop.delete(mac);
    const [oldest] = phones.size > this.#limit ? phones.keys() : [];
    if (oldest === undefined) return;
    this.forget(tenant, oldest);
    this.#toDrop.set(oldest, { tenant, mac: oldest });
  }

  #of(tenant: string): Tenant {
    const known = this.#tenants.get(tenant);
    if (known) return known;
    const made: Tenant = { phones: new Map(), macs: new SortedKeys() };
    this.#tenants.set(tenant, made);
    return made;
  }
}

/** What this request does not say is still known from another one. */
function known(before: WaitingDevice | undefined, phone: WaitingPhone): WaitingPhone {
  if (before === undefined) return phone;
  const { vendor, model, firmware } = before;
  return { ...phone, vendor: phone.vendor || vendor, model: phone.model || model, firmware: phone.firmware || firmware };
}

function isSame(a: WaitingPhone, b: WaitingPhone): boolean {
  return a.vendor === b.vendor && a.model === b.model && a.firmware === b.firmware && a.address === b.address && a.userAgent === b.userAgent;
}
