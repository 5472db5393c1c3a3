import { newTimeUuid } from '@sfs/cassandra';
import type { Logger } from 'pino';
import { withDeclared, withFetch, withSeen, type DeviceStatus } from './device-status.ts';
import { EventRate } from './event-rate.ts';
import type { FactWriter } from './fact-writer.ts';
import type { Declared, EventKind, Facts, Fetched, NewEvent, SweepSeen, WaitingPhone } from './facts.port.ts';
import type { EventPage, FactsStore } from './facts.store.ts';
import type { StatusBoard } from './status-board.ts';
import type { WaitingDevice, WaitingList } from './waiting-list.ts';

export interface FactsParts {
  readonly store: FactsStore;
  readonly board: StatusBoard;
  readonly list: WaitingList;
  readonly writer: FactWriter;
  readonly isEntered: (mac: string) => boolean;
  readonly hasTenant: (tenant: string) => boolean;
  readonly now: () => number;
  readonly log: Logger;
}

/** A phone decides how often. */
const BY_PHONES: ReadonlySet<EventKind> = new Set(['request', 'registered', 'unregistered']);
const LONGEST_TEXT = 256;
const SWEEPS_SHOWN = 100;

/** What happened to devices: into memory at once, into the store as soon as it takes it. */
export class FactsService implements Facts {
  readonly #parts: FactsParts;
  readonly #rate = new EventRate();

  constructor(parts: FactsParts) {
    this.#parts = parts;
  }

  note(event: NewEvent): void {
    const { board, writer, isEntered, now } = this.#parts;
    const { tenant, mac, kind, address = '', userAgent = '', firmware = '', status = 0, revision = 0 } = event;
    const at = now();
    if (isEntered(mac)) {
      if (kind === 'request') board.change(tenant, mac, ['seen'], (before) => withSeen(before, { at, address: cut(address), userAgent: cut(userAgent), firmware: cut(firmware) }));
      if (kind === 'notify') board.change(tenant, mac, ['notified'], (before) => ({ ...before, notifiedAt: at, notifyStatus: status }));
      if (kind === 'revision') board.change(tenant, mac, ['declared'], (before) => withDeclared(before, { revision, at }));
    }
    writer.wake();
    if (BY_PHONES.has(kind) && !this.#rate.admits(mac, at)) return writer.lose('event');
    writer.addEvent({ ...event, id: newTimeUuid(), subject: cut(event.subject ?? ''), address: cut(address), userAgent: cut(userAgent), hint: cut(event.hint ?? '') });
  }

  fetched({ tenant, mac, revision, generation }: Fetched): void {
    const { board, writer, isEntered, now } = this.#parts;
    if (!isEntered(mac)) return;
    const isNewGeneration = generation > board.get(mac).usedGeneration;
    board.change(tenant, mac, isNewGeneration ? ['fetched', 'used'] : ['fetched'], (before) => withFetch(before, { revision, generation }, now()));
    writer.wake();
  }

  declared({ tenant, mac, revision, at }: Declared): void {
    const { board, writer, isEntered } = this.#parts;
    if (!isEntered(mac)) return;
    board.change(tenant, mac, ['declared'], (before) => withDeclared(before, { revision, at }));
    writer.wake();
  }

  usedGeneration(mac: string): number {
    return this.#parts.board.get(mac).usedGeneration;
  }

  waits(phone: WaitingPhone): void {
    const { list, writer, isEntered, hasTenant, now } = this.#parts;
    if (isEntered(phone.mac) || !hasTenant(phone.tenant)) return;
    const { vendor, model, firmware, address, userAgent } = phone;
    list.note({ ...phone, vendor: cut(vendor), model: cut(model), firmware: cut(firmware), address: cut(address), userAgent: cut(userAgent) }, now());
    writer.wake();
  }

  swept(sweep: SweepSeen): void {
    this.#parts.writer.addSweep({ ...sweep, address: cut(sweep.address) });
  }

  statusOf(mac: string): DeviceStatus {
    return this.#parts.board.get(mac);
  }

  /** With what other replicas wrote; memory alone while the store is away. */
  async newestStatus(tenant: string, mac: string): Promise<DeviceStatus> {
    const { store, board, isEntered } = this.#parts;
    const stored = await store.readStatus(tenant, mac).catch(() => undefined);
    if (stored === undefined) return board.get(mac);
    return isEntered(mac) ? board.merge(tenant, mac, stored) : stored;
  }

  async newestWaiting(tenant: string, mac: string): Promise<WaitingDevice | undefined> {
    const { store, list } = this.#parts;
    const stored = await store.readWaiting(tenant, mac).catch(() => undefined);
    const here = list.find(tenant, mac);
    return stored === undefined || (here !== undefined && here.lastSeenAt >= stored.lastSeenAt) ? here : stored;
  }

  /** From where it was last seen, entered or not; '' = never. */
  async addressOf(tenant: string, mac: string): Promise<string> {
    const [status, waiting] = await Promise.all([this.newestStatus(tenant, mac), this.newestWaiting(tenant, mac)]);
    return status.lastAddress === '' ? (waiting?.address ?? '') : status.lastAddress;
  }

  /** These devices came or went, here or at another replica. */
  entered(macs: Iterable<string>, tenantOf: (mac: string) => string | undefined): void {
    for (const mac of macs) {
      const tenant = tenantOf(mac);
      if (tenant === undefined) this.#parts.board.delete(mac);
      else this.#parts.list.forget(tenant, mac);
    }
  }

  /** It was entered, or taken off the list. Rejects when the store is away. */
  async stopsWaiting(tenant: string, mac: string): Promise<void> {
    this.#parts.list.forget(tenant, mac);
    await this.#parts.store.dropWaiting(tenant, mac);
  }

  /** Its device was deleted. What stays in the store when that is away is of no use to anybody. */
  async forget(tenant: string, mac: string): Promise<void> {
    this.#parts.board.delete(mac);
    await this.#parts.store.dropStatus(tenant, mac).catch((error: unknown) => this.#parts.log.warn({ err: error, mac }, 'the status of a deleted device stays'));
  }

  events(tenant: string, mac: string, page: { readonly size: number; readonly before: string }): Promise<EventPage> {
    return this.#parts.store.events(tenant, mac, page);
  }

  sweeps(): Promise<readonly SweepSeen[]> {
    return this.#parts.store.sweeps(this.#parts.now(), SWEEPS_SHOWN);
  }

  /** What other replicas wrote. Returns how much there is. */
  async refresh(): Promise<number> {
    const { store, board, list, writer, isEntered, now } = this.#parts;
    const startedAt = now();
    let count = 0;
    for await (const { tenant, mac, status } of store.statuses()) {
      if (!isEntered(mac)) continue;
      board.merge(tenant, mac, status);
      count += 1;
    }
    const waiting: WaitingDevice[] = [];
    for await (const device of store.waiting()) if (!isEntered(device.mac)) waiting.push(device);
    list.merge(waiting, startedAt);
    writer.start();
    return count + waiting.length;
  }
}

/** What a request says of itself may be long. */
function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : text.slice(0, LONGEST_TEXT);
}

