import { DomainError } from '@sfs/kernel';
import { NO_STATUS, type DeviceStatus, type StatusPart } from './device-status.ts';
import type { SweepSeen } from './facts.port.ts';
import type { EventPage, FactsStore, StoredEvent, StoredStatus } from './facts.store.ts';
import type { WaitingDevice } from './waiting-list.ts';

const COLUMNS: Readonly<Record<StatusPart, readonly (keyof DeviceStatus)[]>> = {
  seen: ['firstSeenAt', 'lastSeenAt', 'lastAddress', 'userAgent', 'firmware'],
  fetched: ['runningRevision', 'fetchedAt'],
  used: ['usedGeneration'],
  declared: ['declaredRevision', 'declaredAt'],
  notified: ['notifiedAt', 'notifyStatus'],
};

/** Of two writes of a part the later one stands; of the generation the one that came last. */
const TIMES: Readonly<Record<StatusPart, keyof DeviceStatus>> = { seen: 'lastSeenAt', fetched: 'fetchedAt', used: 'fetchedAt', declared: 'declaredAt', notified: 'notifiedAt' };

/** For specs: the store's promises in memory. */
export class FakeFactsStore implements FactsStore {
  readonly written: StoredEvent[] = [];
  readonly rows = new Map<string, StoredStatus>();
  readonly waitingRows = new Map<string, WaitingDevice>();
  readonly sweepRows = new Map<string, SweepSeen>();
  statusWrites = 0;
  isAway = false;

  addEvent(event: StoredEvent): Promise<void> {
    return this.#work(() => void this.written.push(event));
  }

  events(tenant: string, mac: string, { size, before }: { size: number; before: string }): Promise<EventPage> {
    return this.#work(() => {
      const all = this.written.filter((event) => event.tenant === tenant && event.mac === mac).reverse();
      const from = before === '' ? 0 : all.findIndex(({ id }) => id === before) + 1;
      return { events: all.slice(from, from + size), nextPageToken: all.length > from + size ? (all[from + size - 1]?.id ?? '') : '' };
    });
  }

  writeStatus({ tenant, mac }: { tenant: string; mac: string }, parts: ReadonlySet<StatusPart>, status: DeviceStatus): Promise<void> {
    return this.#work(() => {
      this.statusWrites += 1;
      const before = this.rows.get(mac)?.status ?? NO_STATUS;
      const columns = [...parts].filter((part) => part === 'used' || status[TIMES[part]] >= before[TIMES[part]]).flatMap((part) => COLUMNS[part]);
      this.rows.set(mac, { tenant, mac, status: { ...before, ...Object.fromEntries(columns.map((column) => [column, status[column]])) } });
    });
  }

  readStatus(_tenant: string, mac: string): Promise<DeviceStatus | undefined> {
    return this.#work(() => this.rows.get(mac)?.status);
  }

  dropStatus(_tenant: string, mac: string): Promise<void> {
    return this.#work(() => void this.rows.delete(mac));
  }

  async *statuses(): AsyncGenerator<StoredStatus> {
    yield* await this.#work(() => [...this.rows.values()]);
  }

  putWaiting(device: WaitingDevice): Promise<void> {
    return this.#work(() => void this.waitingRows.set(device.mac, device));
  }

  dropWaiting(_tenant: string, mac: string): Promise<void> {
    return this.#work(() => void this.waitingRows.delete(mac));
  }

  readWaiting(_tenant: string, mac: string): Promise<WaitingDevice | undefined> {
    return this.#work(() => this.waitingRows.get(mac));
  }

  async *waiting(): AsyncGenerator<WaitingDevice> {
    yield* await this.#work(() => [...this.waitingRows.values()]);
  }

  putSweep(sweep: SweepSeen): Promise<void> {
    return this.#work(() => void this.sweepRows.set(`${sweep.beganAt} ${sweep.address}`, sweep));
  }

  sweeps(_now: number, most: number): Promise<readonly SweepSeen[]> {
    return this.#work(() => [...this.sweepRows.values()].sort((a, b) => b.beganAt - a.beganAt).slice(0, most));
  }

  async #work<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    if (this.isAway) throw new DomainError('unavailable', 'store/away', 'The store is away');
    return work();
  }
}
