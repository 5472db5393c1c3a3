import { setImmediate as breathe } from 'node:timers/promises';
import { DomainError } from '@sfs/kernel';
import type { Directory } from '../directory/directory.port.ts';
import { badPageToken, checkPage, checkQuery, refuse } from '../entities/check-input.ts';
import type { DeviceStatus } from '../facts/device-status.ts';
import type { WaitingDevice } from '../facts/waiting-list.ts';
import { DEVICE_STATES, stateOf, type DeviceState } from './device-state.ts';
import { viewOf, waitingView, type DeviceView, type ViewSources } from './device-view.ts';
import type { KnownDevice } from './known-devices.port.ts';
import type { ProjectedDevices } from './projected-devices.ts';
import type { SortedKeys } from './sorted-keys.ts';

/** Looked at in one go; between two goes the phones have their turn. */
const STRIDE = 1_000;
const COUNTS_FRESH_MS = 2_000;

export interface DeviceQuery {
  readonly query: string;
  readonly state: string;
  readonly pageSize: number;
  readonly pageToken: string;
}

export interface DevicePage {
  readonly views: readonly DeviceView[];
  readonly nextPageToken: string;
  readonly counts: Readonly<Record<string, number>>;
}

export interface ListSources extends ViewSources {
  readonly known: ProjectedDevices;
  readonly directory: Pick<Directory, 'line'>;
  readonly statusOf: (mac: string) => DeviceStatus;
  readonly waiting: { find(tenant: string, mac: string): WaitingDevice | undefined; macsOf(tenant: string): SortedKeys | undefined };
}

interface Counts {
  readonly at: number;
  readonly changes: number;
  readonly counts: Promise<Record<string, number>>;
}

/** Waiting ones first, then by MAC, all out of memory: a page looks at as many devices as it needs to be full. */
export class DeviceList {
  readonly #sources: ListSources;
  readonly #counts = new Map<string, Counts>();

  constructor(sources: ListSources) {
    this.#sources = sources;
  }

  async page(tenant: string, request: DeviceQuery): Promise<DevicePage> {
    const { pageSize, pageToken } = checkPage(request);
    const wanted = wantedOf(checkQuery(request.query), checkState(request.state));
    const from = placeOf(pageToken);
    if (!this.#sources.known.isLoaded) throw new DomainError('unavailable', 'devices/not-loaded', 'The devices are not known yet', { remedy: 'Try again in a moment.' });
    const views: DeviceView[] = [];
    if (from.part === 'waiting') await this.#collect(this.#waitingAfter(tenant, from.mac, wanted), views, pageSize + 1);
    if (views.length <= pageSize) await this.#collect(this.#enteredAfter(tenant, from.part === 'waiting' ? '' : from.mac, wanted), views, pageSize + 1);
    const shown = views.slice(0, pageSize);
    return { views: shown, nextPageToken: views.length > pageSize ? tokenOf(shown.at(-1)) : '', counts: await this.#countsOf(tenant) };
  }

  async #collect(found: AsyncIterable<DeviceView>, views: DeviceView[], most: number): Promise<void> {
    for await (const view of found) {
      views.push(view);
      if (views.length === most) return;
    }
  }

  async *#waitingAfter(tenant: string, after: string, { matches, state }: Wanted): AsyncGenerator<DeviceView> {
    const { waiting, known } = this.#sources;
    if (state !== '' && state !== 'waiting') return;
    for await (const macs of stridesAfter(() => waiting.macsOf(tenant), after)) {
      for (const mac of macs) {
        const device = waiting.find(tenant, mac);
        if (device && known.find(mac) === undefined && matches([mac, device.model, device.address])) yield waitingView(this.#sources, device);
      }
    }
  }

  async *#enteredAfter(tenant: string, after: string, wanted: Wanted): AsyncGenerator<DeviceView> {
    const { known, statusOf } = this.#sources;
    if (wanted.state === 'waiting') return;
    for await (const macs of stridesAfter(() => known.macsOf(tenant), after)) {
      for (const mac of macs) {
        const device = known.find(mac);
        if (device === undefined || !this.#isWanted(device, wanted)) continue;
        const entity = known.entity(tenant, mac);
        if (entity) yield viewOf(this.#sources, entity, statusOf(mac));
      }
    }
  }

  #isWanted(device: KnownDevice, { matches, state, isAnyText }: Wanted): boolean {
    if (state !== '' && this.#stateOf(device) !== state) return false;
    if (isAnyText) return true;
    const { tenant, mac, number, model, label, switchId } = device;
    const userName = number === '' ? '' : (this.#sources.directory.line(tenant, switchId, number)?.displayName ?? '');
    return matches([mac, number, model, label, userName, this.#sources.statusOf(mac).lastAddress]);
  }

  #stateOf(device: KnownDevice): DeviceState {
    const { known, statusOf, now } = this.#sources;
    return stateOf({ ...statusOf(device.mac), checkMinutes: known.checkMinutesOf(device) }, now());
  }

  /** Two seconds old at most; a device that came or went is counted at once. */
  #countsOf(tenant: string): Promise<Record<string, number>> {
    const { known, now } = this.#sources;
    const last = this.#counts.get(tenant);
    if (last && last.changes === known.changes && now() - last.at < COUNTS_FRESH_MS) return last.counts;
    const counts = this.#count(tenant);
    this.#counts.set(tenant, { at: now(), changes: known.changes, counts });
    return counts;
  }

  async #count(tenant: string): Promise<Record<string, number>> {
    const { known, waiting } = this.#sources;
    const counts: Record<string, number> = Object.fromEntries(DEVICE_STATES.map((state) => [state, 0]));
    counts['waiting'] = waiting.macsOf(tenant)?.size ?? 0;
    for await (const macs of stridesAfter(() => known.macsOf(tenant), '')) {
      for (const mac of macs) {
        const device = known.find(mac);
        if (!device) continue;
        const state = this.#stateOf(device);
        counts[state] = (counts[state] ?? 0) + 1;
      }
    }
    return counts;
  }
}

interface Wanted {
  readonly state: string;
  readonly isAnyText: boolean;
  readonly matches: (texts: readonly string[]) => boolean;
}

function wantedOf(query: string, state: string): Wanted {
  const text = query.toLowerCase();
  // A MAC is found in any notation.
  const digits = /^[0-9a-f:.-]+$/.test(text) ? text.replace(/[:.-]/g, '') : '';
  return { state, isAnyText: text === '', matches: ([mac = '', ...texts]) => text === '' || (digits !== '' && mac.includes(digits)) || texts.some((each) => each.toLowerCase().includes(text)) };
}

async function* stridesAfter(keys: () => SortedKeys | undefined, after: string): AsyncGenerator<readonly string[]> {
  let last = after;
  for (;;) {
    const macs = keys()?.after(last, STRIDE) ?? [];
    yield macs;
    if (macs.length < STRIDE) return;
    last = macs.at(-1) ?? last;
    await breathe();
  }
}

function checkState(state: string): string {
  if (state === '' || (DEVICE_STATES as readonly string[]).includes(state)) return state;
  throw refuse({ code: 'input/state', field: 'state', message: 'There is no such state', remedy: `Send one of ${DEVICE_STATES.join(', ')}, or nothing.` });
}

interface Place {
  readonly part: 'waiting' | 'entered';
  readonly mac: string;
}

function tokenOf(last: DeviceView | undefined): string {
  return last === undefined ? '' : Buffer.from(`${last.state === 'waiting' ? 'waiting' : 'entered'} ${last.body.mac}`).toString('base64url');
}

function placeOf(token: string): Place {
  if (token === '') return { part: 'waiting', mac: '' };
  const [, part, mac = ''] = /^(waiting|entered) ([0-9a-f]{12})$/.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? [];
  if (part === undefined) throw badPageToken();
  return { part: part as Place['part'], mac };
}
