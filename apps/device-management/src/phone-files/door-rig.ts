import { readdirSync, readFileSync } from 'node:fs';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { Secret } from '@sfs/config';
import { parsePack, renderBootstrap, renderCommon, type Pack } from '@sfs/phone-config';
import type { Config } from '../config.ts';
import type { Configurations, OwnFile, PlainFile } from '../configurations/configurations.port.ts';
import { credentialOf } from '../credentials/credentials.ts';
import type { KnownDevice, KnownDevices } from '../devices/known-devices.port.ts';
import type { Enrolment } from '../enrolment/enrolment.port.ts';
import type { Facts, Fetched, NewEvent, SweepSeen, WaitingPhone } from '../facts/facts.port.ts';
import { startPhoneDoor } from './phone-door.ts';
import { etagOf } from './reply.ts';

/** For specs and the bench: the door as the service starts it, over neighbours in memory. */
export const KEY = new Secret(Buffer.alloc(32, 7).toString('base64'));

const PACKS = new URL('../../../../libs/core/phone-config/packs/', import.meta.url);

export function readPacks(): readonly Pack[] {
  return readdirSync(PACKS).map((folder) => {
    const pack = parsePack({ folder, json: readFileSync(new URL(`${folder}/pack.json`, PACKS), 'utf8') });
    if (!pack.ok) throw new Error(pack.error.join('; '));
    return pack.value;
  });
}

export const YEALINK_AGENT = 'Yealink SIP-T46U 108.86.0.90';

export function aDevice(given: Partial<KnownDevice> & { mac: string }): KnownDevice {
  return { tenant: 'default', vendor: 'yealink', model: 'T46U', label: '', switchId: 'site-a', number: '1001', profileId: '', settings: {}, credentialGeneration: 1, tag: 't', ...given };
}

export function basicOf({ tenant, mac, credentialGeneration }: KnownDevice, generation = credentialGeneration): string {
  const { userName, password } = credentialOf(KEY, { tenant, mac, generation });
  return `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
}

export class FakeKnown implements KnownDevices {
  isLoaded = true;
  readonly devices = new Map<string, KnownDevice>();

  add(...devices: readonly KnownDevice[]): void {
    for (const device of devices) this.devices.set(device.mac, device);
  }
  find(mac: string): KnownDevice | undefined {
    return this.devices.get(mac);
  }
  all(): Iterable<KnownDevice> {
    return this.devices.values();
  }
  ofNumber(): readonly KnownDevice[] {
    return [];
  }
  settingsOf(): Record<string, never> {
    return {};
  }
  stampOf({ tag }: KnownDevice): string {
    return tag;
  }
  onChanged(): void {}
}

/** A window is taken by one; the store answers a moment later. */
export class FakeEnrolment implements Enrolment {
  /** MAC -> address, '' = any */
  readonly windows = new Map<string, string>();
  readonly log: string[] = [];
  private readonly taken = new Set<string>();

  isOpen(mac: string, address: string): boolean {
    const from = this.windows.get(mac);
    return from === '' || from === address;
  }
  async take(mac: string, address: string): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.isOpen(mac, address) || this.taken.has(mac)) return false;
    this.taken.add(mac);
    this.log.push(`take ${mac}`);
    return true;
  }
  async used(mac: string): Promise<void> {
    this.windows.delete(mac);
    this.log.push(`used ${mac}`);
  }
  async giveBack(mac: string): Promise<void> {
    this.taken.delete(mac);
    this.log.push(`giveBack ${mac}`);
  }
}

export class FakeFacts implements Facts {
  readonly events: NewEvent[] = [];
  readonly fetches: Fetched[] = [];
  readonly waiting: WaitingPhone[] = [];
  readonly sweeps: SweepSeen[] = [];
  readonly used = new Map<string, number>();

  note(event: NewEvent): void {
    this.events.push(event);
  }
  fetched(fetch: Fetched): void {
    this.fetches.push(fetch);
  }
  declared(): void {}
  usedGeneration(mac: string): number {
    return this.used.get(mac) ?? 0;
  }
  waits(phone: WaitingPhone): void {
    this.waiting.push(phone);
  }
  swept(sweep: SweepSeen): void {
    this.sweeps.push(sweep);
  }
}

/** Own files are a line with a secret; the open ones come from the real packs. */
export class FakeConfigurations implements Configurations {
  readonly files = new Map<string, OwnFile>();
  /** MACs whose files have to be made first */
  readonly uncached = new Set<string>();
  failure: Error | undefined;
  /** an own file waits for this before it is there */
  gate: Promise<void> = Promise.resolve();
  size = 0;
  private readonly urls = { enrolled: 'http://prov.test/fs/dm/prov/enrolled', plain: 'http://prov.test/fs/dm/prov' };

  cached(mac: string): OwnFile | undefined {
    return this.uncached.has(mac) || this.failure ? undefined : this.file(mac);
  }
  async ownFile(mac: string): Promise<OwnFile> {
    await this.gate;
    if (this.failure) throw this.failure;
    return this.file(mac);
  }
  bootstrap({ pack, file }: Parameters<Configurations['bootstrap']>[0], fileName: string): PlainFile {
    if (!pack || !file) throw new Error('no pack');
    return this.plain(renderBootstrap(pack, file, { fileName, urls: this.urls, checkMinutes: 60 }));
  }
  common({ pack, file }: Parameters<Configurations['common']>[0], fileName: string): PlainFile | undefined {
    return pack && file ? this.plain(renderCommon(pack, file, { fileName, urls: this.urls, checkMinutes: 60 })) : undefined;
  }

  private file(mac: string): OwnFile {
    const known = this.files.get(mac);
    if (known) return known;
    const body = Buffer.from(`own = ${mac}\npassword = secret of ${mac}\n`.padEnd(this.size, '#'));
    const file = { name: `${mac}.cfg`, contentType: 'text/plain; charset=utf-8', body, etag: etagOf(body), revision: 3, lastModified: 'Wed, 25 Nov 2026 09:00:00 GMT', lines: [] };
    this.files.set(mac, file);
    return file;
  }
  private plain({ text, contentType }: { text: string; contentType: string }): PlainFile {
    return { body: Buffer.from(text), contentType };
  }
}

export interface DoorRig {
  readonly known: FakeKnown;
  readonly enrolment: FakeEnrolment;
  readonly facts: FakeFacts;
  readonly configurations: FakeConfigurations;
  readonly metrics: Registry;
  readonly logged: string[];
  readonly port: number;
  readonly url: string;
  drain(): Promise<void>;
  stop(): Promise<void>;
}

export async function aDoor(given: Partial<Config> = {}): Promise<DoorRig> {
  const parts = { known: new FakeKnown(), enrolment: new FakeEnrolment(), facts: new FakeFacts(), configurations: new FakeConfigurations() };
  const metrics = new Registry();
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const config = { SFS_HOST: '127.0.0.1', SFS_DEVICES_HTTP_PORT: 0, SFS_DEVICES_MAX_REQUESTS: 500, SFS_DEVICES_SWEEP_LIMIT: 300, SFS_DEVICES_PROXIES: 0, SFS_DEVICES_CREDENTIAL_KEY: KEY, ...given } as Config;
  const door = await startPhoneDoor({ ...parts, config, packs: readPacks(), host: { log, metrics, onFatal: (error) => { throw error; } } });
  const { port } = door.address;
  return { ...parts, metrics, logged, port, url: `http://127.0.0.1:${port}/fs/dm/prov`, drain: () => door.drain(), stop: () => door.stop() };
}
