import { setTimeout as pause } from 'node:timers/promises';
import { commitAs, type Caller } from '@sfs/change-log';
import { DomainError } from '@sfs/kernel';
import type { Logger } from 'pino';
import type { KnownDevices } from '../devices/known-devices.port.ts';
import { asBody, getDevice, type EnrolmentBody } from '../entities/bodies.ts';
import { checkMac, refuse } from '../entities/check-input.ts';
import type { EntityState, EntityStore, RowChange } from '../entities/entities.store.ts';
import type { Facts } from '../facts/facts.port.ts';
import { type Entity, EntityTable } from '@sfs/projection';
import { admits, isOpen, type StoredWindow } from './enrolment-window.ts';
import type { Enrolment } from './enrolment.port.ts';

export const STANDARD_MINUTES = 60;
const MOST_MINUTES = 1440;
const WORDS = { area: 'enrolment', subject: 'The enrolment window' };
const ATTEMPTS = 3;
const AGAIN_MS = 500;

export interface EnrolmentParts {
  /** what is written through it comes back by `apply` at once */
  readonly store: Pick<EntityStore, 'read' | 'commit'>;
  readonly known: Pick<KnownDevices, 'find'>;
  readonly facts: Pick<Facts, 'note'>;
  /** from where a device was last seen; '' = never seen */
  readonly addressOf: (tenant: string, mac: string) => Promise<string>;
  readonly now: () => number;
  readonly log: Logger;
}

export interface Window {
  /** ISO time */
  readonly openUntil: string;
  /** '' = any */
  readonly address: string;
}

/** Windows in memory; who gets one is decided by a condition in the store. */
export class EnrolmentService implements Enrolment {
  readonly #parts: EnrolmentParts;
  readonly #table = new EntityTable();
  readonly #taking = new Set<string>();
  /** by MAC: tag of the state in which this replica took it; it never opens again by itself here */
  readonly #taken = new Map<string, string>();

  constructor(parts: EnrolmentParts) {
    this.#parts = parts;
  }

  apply(entity: Entity): void {
    if (entity.kind === 'enrolment') this.#table.apply(entity);
  }

  async load(entities: AsyncIterable<Entity>): Promise<number> {
    return (await this.#table.load(entities)).length;
  }

  /** While it is open. */
  windowOf(mac: string): Window | undefined {
    const window = this.#find(mac);
    if (window === undefined || !this.#isFree(mac, window) || !isOpen(window, this.#parts.now())) return undefined;
    const { openUntil, address } = window.body;
    return { openUntil, address };
  }

  isOpen(mac: string, address: string): boolean {
    const window = this.#find(mac);
    return window !== undefined && this.#isFree(mac, window) && admits(window, address, this.#parts.now());
  }

  async take(mac: string, address: string): Promise<boolean> {
    const window = this.#find(mac);
    if (window === undefined || this.#taking.has(mac) || !this.isOpen(mac, address)) return false;
    this.#taking.add(mac);
    try {
      const state = await this.#write(window, 'taken');
      this.#taken.set(mac, state.tag);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError && error.kind === 'conflict')) this.#parts.log.warn({ err: error, mac }, 'an enrolment window could not be taken');
      return false;
    } finally {
      this.#taking.delete(mac);
    }
  }

  async used(mac: string): Promise<void> {
    const window = await this.#settle(mac, 'used');
    if (window) this.#parts.facts.note({ tenant: window.tenant, mac, kind: 'window-used' });
  }

  async giveBack(mac: string): Promise<void> {
    await this.#settle(mac, 'open');
  }

  /** Binds it to the address the device was last seen from, unless any may use it. */
  async open(caller: Caller, wanted: { readonly mac: string; readonly minutes: number; readonly fromAnyAddress: boolean }): Promise<void> {
    const mac = checkMac(wanted.mac);
    const minutes = checkMinutes(wanted.minutes);
    const { body } = await getDevice(this.#parts.store, caller.tenant, mac);
    if (body.number === '') throw refuse({ code: 'enrolment/no-line', field: 'mac', message: 'The device has no number', remedy: 'Give it a number: that opens the window too.' });
    const row = await this.rowFor(caller.tenant, mac, { minutes, fromAnyAddress: wanted.fromAnyAddress });
    await commitAs(this.#parts.store, WORDS, { ...caller, rows: [row] });
    this.noteOpened(caller, mac);
  }

  /** What opens a window, for a commit with the device. */
  async rowFor(tenant: string, mac: string, { minutes = STANDARD_MINUTES, fromAnyAddress = false }: { readonly minutes?: number; readonly fromAnyAddress?: boolean } = {}): Promise<RowChange> {
    const address = fromAnyAddress ? '' : await this.#parts.addressOf(tenant, mac);
    const openUntil = new Date(this.#parts.now() + minutes * 60_000).toISOString();
    return { kind: 'enrolment', id: mac, expect: 'any', body: asBody('enrolment', { mac, openUntil, address, state: 'open' }) };
  }

  noteOpened({ tenant, actor }: Caller, mac: string): void {
    const address = this.windowOf(mac)?.address ?? '';
    this.#parts.facts.note({ tenant, mac, kind: 'window-opened', actor, address, subject: address === '' ? 'from any address' : `from ${address}` });
  }

  /** Harmless when it is closed already. */
  async close(caller: Caller, text: string): Promise<void> {
    const mac = checkMac(text);
    await getDevice(this.#parts.store, caller.tenant, mac);
    const state = await this.#parts.store.read(caller.tenant, 'enrolment', mac);
    if (state === undefined || state.deleted) return;
    const body = state.body as unknown as EnrolmentBody;
    if (body.state === 'closed' || body.state === 'used') return;
    const row: RowChange = { kind: 'enrolment', id: mac, expect: { tag: state.tag }, body: asBody('enrolment', { ...body, state: 'closed' }) };
    await commitAs(this.#parts.store, WORDS, { ...caller, rows: [row] });
    this.#parts.facts.note({ tenant: caller.tenant, mac, kind: 'window-closed', actor: caller.actor });
  }

  /** Goes with its device. */
  async deletionOf(tenant: string, mac: string): Promise<readonly RowChange[]> {
    const state = await this.#parts.store.read(tenant, 'enrolment', mac);
    if (state === undefined || state.deleted) return [];
    return [{ kind: 'enrolment', id: mac, expect: 'any', body: state.body, deleted: true }];
  }

  /** undefined: nothing was taken here, or somebody else has changed it since. */
  async #settle(mac: string, next: 'used' | 'open'): Promise<FoundWindow | undefined> {
    const window = this.#find(mac);
    if (window === undefined || this.#taken.get(mac) !== window.tag) return undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        await this.#write(window, next);
        this.#taken.delete(mac);
        return window;
      } catch (error) {
        if (error instanceof DomainError && error.kind === 'conflict') return undefined;
        if (attempt === ATTEMPTS) this.#parts.log.warn({ err: error, mac, next }, 'an enrolment window could not be settled');
        else await pause(AGAIN_MS);
      }
    }
    return undefined;
  }

  async #write(window: FoundWindow, state: EnrolmentBody['state']): Promise<EntityState> {
    const { tenant, tag, body } = window;
    const row: RowChange = { kind: 'enrolment', id: body.mac, expect: { tag }, body: asBody('enrolment', { ...body, state }) };
    const [written] = await this.#parts.store.commit({ tenant, actor: `phone ${body.mac}`, requestId: `enrolment-${tag}`, rows: [row] });
    if (!written) throw new Error('a commit answered no state');
    return written;
  }

  /** Taken here is taken for good, also when the store did not hear of its end. */
  #isFree(mac: string, { tag }: FoundWindow): boolean {
    return this.#taken.get(mac) !== tag;
  }

  #find(mac: string): FoundWindow | undefined {
    const device = this.#parts.known.find(mac);
    const entity = device && this.#table.get(device.tenant, 'enrolment', mac);
    return entity && { tenant: entity.tenant, tag: entity.tag, changedAt: entity.changedAt, body: entity.body as unknown as EnrolmentBody };
  }
}

interface FoundWindow extends StoredWindow {
  readonly tenant: string;
  readonly tag: string;
}

function checkMinutes(minutes: number): number {
  if (minutes === 0) return STANDARD_MINUTES;
  if (Number.isInteger(minutes) && minutes > 0 && minutes <= MOST_MINUTES) return minutes;
  throw refuse({ code: 'input/minutes', field: 'minutes', message: `A window is open for 1 to ${MOST_MINUTES} minutes`, remedy: 'Send a whole number, or 0 for an hour.' });
}
