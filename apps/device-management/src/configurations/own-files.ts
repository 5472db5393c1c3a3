import { createHash } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import type { Pack, RenderedFile } from '@sfs/phone-config';
import type { KnownDevice, KnownDevices } from '../devices/known-devices.port.ts';
import type { Directory, Line } from '../directory/directory.port.ts';
import { BoundedMap } from './bounded-map.ts';
import { causeOf } from './cause-of.ts';
import type { ConfigurationMetrics } from './configuration.metrics.ts';
import type { OwnFile } from './configurations.port.ts';
import { renderIngredients, type Ingredients, type RenderOptions } from './ingredients.ts';
import type { Revisions, Settled } from './revisions.ts';
import type { SipPasswords } from './sip-passwords.ts';

export interface OwnFilesParts {
  readonly packs: readonly Pack[];
  readonly known: Pick<KnownDevices, 'isLoaded' | 'find' | 'settingsOf' | 'stampOf'>;
  readonly directory: Pick<Directory, 'isLoaded' | 'line'>;
  readonly passwords: SipPasswords;
  readonly revisions: Revisions;
  readonly render: RenderOptions;
  readonly metrics: Pick<ConfigurationMetrics, 'rendered' | 'cached' | 'failed'>;
  /** of every revision that was settled with the store; `isOurs`: we have to tell the phone */
  settled(device: KnownDevice, revision: Settled): void;
}

/** A device with its line, and the stamp of both. */
interface Place {
  readonly device: KnownDevice;
  readonly line: Line;
  readonly stamp: string;
}

interface Kept {
  readonly stamp: string;
  readonly file: OwnFile;
  readonly ingredients: Ingredients;
}

/** undefined: something changed meanwhile */
interface Running {
  readonly stamp: string;
  readonly file: Promise<OwnFile | undefined>;
}

const ATTEMPTS = 5;
/** 6 kB each. What does not fit is rendered again, without asking anybody. */
const MOST_FILES = 20_000;

/** Each device's own file: rendered when something it is made of has changed, else out of memory. */
export class OwnFiles {
  readonly #parts: OwnFilesParts;
  readonly #kept = new BoundedMap<string, Kept>(MOST_FILES);
  readonly #running = new Map<string, Running>();

  constructor(parts: OwnFilesParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#kept.size;
  }

  cached(mac: string): OwnFile | undefined {
    const file = this.#current(mac);
    if (file) this.#parts.metrics.cached();
    return file;
  }

  /** Once however many ask, and one after the other for one device: a state that has passed never becomes a revision after the one that followed it. */
  async ownFile(mac: string): Promise<OwnFile> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const current = this.#current(mac);
      if (current) return current;
      const place = this.#placeOf(mac);
      const running = this.#running.get(mac) ?? this.#begin(mac, place);
      const file = await running.file;
      if (file && running.stamp === place.stamp) return file;
    }
    throw new DomainError('unavailable', 'devices/changing', 'The device changes faster than its file can be rendered', { remedy: 'Try again in a moment.' });
  }

  /** Its device is gone. */
  forget(mac: string): void {
    const { passwords, revisions } = this.#parts;
    this.#kept.delete(mac);
    passwords.forget(mac);
    revisions.forget(mac);
  }

  #current(mac: string): OwnFile | undefined {
    const kept = this.#kept.get(mac);
    const place = kept && this.#find(mac);
    return place && place.stamp === kept.stamp ? kept.file : undefined;
  }

  #find(mac: string): Place | undefined {
    const { known, directory } = this.#parts;
    const device = known.find(mac);
    const line = device && device.number !== '' ? directory.line(device.tenant, device.switchId, device.number) : undefined;
    return line && device && { device, line, stamp: `${known.stampOf(device)} ${line.stamp}` };
  }

  #placeOf(mac: string): Place {
    const place = this.#find(mac);
    if (place) return place;
    const { known, directory } = this.#parts;
    const device = known.find(mac);
    if (!device && known.isLoaded) throw new DomainError('not-found', 'devices/unknown', 'There is no such device', { field: 'mac' });
    if (!device) throw new DomainError('unavailable', 'devices/not-loaded', 'The devices were not read yet', { remedy: 'Try again when the store is back.' });
    if (device.number === '') throw new DomainError('not-found', 'devices/no-line', 'The device has no number', { field: 'number', remedy: 'Give the device a number.' });
    if (!directory.isLoaded) throw new DomainError('unavailable', 'devices/directory-away', 'Provisioning was not heard yet', { remedy: 'Try again when provisioning is back.' });
    throw new DomainError('not-found', 'devices/no-line', `There is no number ${device.number} on this switch any more`, { field: 'number', remedy: 'Give the device another number.' });
  }

  #begin(mac: string, place: Place): Running {
    const file = this.#render(place).finally(() => this.#running.delete(mac));
    const running = { stamp: place.stamp, file };
    this.#running.set(mac, running);
    file.catch((error: unknown) => this.#parts.metrics.failed(error));
    return running;
  }

  async #render({ device, line, stamp }: Place): Promise<OwnFile | undefined> {
    const { packs, known, passwords, revisions, render, metrics, settled } = this.#parts;
    const pack = packs.find(({ id }) => id === device.vendor);
    if (!pack) throw new DomainError('unavailable', 'devices/no-pack', `There is no pack for ${device.vendor}`, { remedy: 'Install the pack of this vendor, or enter the device as another one.' });
    const above = known.settingsOf(device);
    const ingredients: Ingredients = { device, above, line, account: await passwords.of(device.mac, line), pack };
    if (this.#find(device.mac)?.stamp !== stamp) return undefined;
    const rendered = renderIngredients(ingredients, render);
    metrics.rendered(device.vendor);
    const body = Buffer.from(rendered.text);
    const hash = createHash('sha256').update(rendered.name).update('\n').update(body).digest('hex');
    const before = this.#kept.get(device.mac)?.ingredients;
    const revision = await revisions.settle({ tenant: device.tenant, mac: device.mac, stamp, hash, cause: (next) => causeOf(next, before, ingredients) });
    const file = servedFile({ rendered, body, hash }, revision, () => renderIngredients(ingredients, render).lines);
    this.#kept.set(device.mac, { stamp, file, ingredients });
    settled(device, revision);
    return file;
  }
}

/** Lines are asked for by people only: ten times the size of the file, so they are made again rather than kept. */
function servedFile(content: { readonly rendered: RenderedFile; readonly body: Uint8Array; readonly hash: string }, { revision, at }: Settled, lines: () => RenderedFile['lines']): OwnFile {
  const { rendered, body, hash } = content;
  return {
    name: rendered.name,
    contentType: rendered.contentType,
    body,
    etag: `"${hash.slice(0, 32)}"`,
    revision,
    lastModified: new Date(at).toUTCString(),
    get lines() {
      return lines();
    },
  };
}
