import { merged, NO_STATUS, type DeviceStatus, type StatusPart } from './device-status.ts';

interface Entry {
  readonly tenant: string;
  status: DeviceStatus;
}

export interface OpenStatus {
  readonly tenant: string;
  readonly mac: string;
  readonly parts: ReadonlySet<StatusPart>;
  readonly status: DeviceStatus;
}

/** Status of every entered device, and which parts of it are to be written. However often a device asks, it is written once in between. */
export class StatusBoard {
  readonly #entries = new Map<string, Entry>();
  readonly #open = new Map<string, Set<StatusPart>>();

  get(mac: string): DeviceStatus {
    return this.#entries.get(mac)?.status ?? NO_STATUS;
  }

  change(tenant: string, mac: string, parts: readonly StatusPart[], change: (before: DeviceStatus) => DeviceStatus): void {
    const entry = this.#entry(tenant, mac);
    const next = change(entry.status);
    if (next === entry.status) return;
    entry.status = next;
    this.#mark(mac, parts);
  }

  /** What other replicas wrote. */
  merge(tenant: string, mac: string, status: DeviceStatus): DeviceStatus {
    const entry = this.#entry(tenant, mac);
    entry.status = merged(entry.status, status);
    // A replica that did not know better wrote an older one: an old credential must not come to life again.
    if (status.usedGeneration < entry.status.usedGeneration) this.#mark(mac, ['used']);
    return entry.status;
  }

  delete(mac: string): void {
    this.#entries.delete(mac);
    this.#open.delete(mac);
  }

  get open(): number {
    return this.#open.size;
  }

  /** Takes what is to be written; what cannot be written comes back by `reopen`. */
  take(most: number): readonly OpenStatus[] {
    const taken: OpenStatus[] = [];
    for (const [mac, parts] of this.#open) {
      if (taken.length === most) break;
      const entry = this.#entries.get(mac);
      if (entry) taken.push({ tenant: entry.tenant, mac, parts, status: entry.status });
    }
    for (const { mac } of taken) this.#open.delete(mac);
    return taken;
  }

  reopen({ mac, parts }: OpenStatus): void {
    if (this.#entries.has(mac)) this.#mark(mac, [...parts]);
  }

  #mark(mac: string, parts: readonly StatusPart[]): void {
    const open = this.#open.get(mac);
    if (open) for (const part of parts) open.add(part);
    else this.#open.set(mac, new Set(parts));
  }

  #entry(tenant: string, mac: string): Entry {
    const known = this.#entries.get(mac);
    if (known) return known;
    const entry: Entry = { tenant, status: NO_STATUS };
    this.#entries.set(mac, entry);
    return entry;
  }
}
