import { parsePack, type Pack } from '@sfs/phone-config';
import type { OutgoingRequest, SipEndpoint } from '@sfs/sip';
import { readFileSync } from 'node:fs';
import type { KnownDevice, KnownDevices, SettingsAbove } from '../devices/known-devices.port.ts';
import type { Directory, Line, LineKey } from '../directory/directory.port.ts';
import type { Declared, Facts, Fetched, NewEvent, SweepSeen, WaitingPhone } from '../facts/facts.port.ts';

export const MAC = '805ec0d57d72';

export function aDevice(more: Partial<KnownDevice> = {}): KnownDevice {
  return { tenant: 'default', mac: MAC, vendor: 'yealink', model: 'T46U', label: '', switchId: 'site-a', number: '1001', profileId: '', settings: {}, credentialGeneration: 1, tag: 'd1', ...more };
}

export function aLine(more: Partial<Line> = {}): Line {
  return { tenant: 'default', switchId: 'site-a', number: '1001', userId: 'u-1', displayName: 'Ann Berg', sipDomain: 'site-a.example', siteId: 'site-a', stamp: 'l1', ...more };
}

/** A pack that is delivered with the product. */
export function thePack(folder: string): Pack {
  const json = readFileSync(new URL(`../../../../libs/core/phone-config/packs/${folder}/pack.json`, import.meta.url), 'utf8');
  const pack = parsePack({ folder, json });
  if (!pack.ok) throw new Error(pack.error.join('\n'));
  return pack.value;
}

export class FakeKnownDevices implements KnownDevices {
  isLoaded = true;
  readonly devices = new Map<string, KnownDevice>();
  readonly above = new Map<string, SettingsAbove>();
  readonly #listeners = new Set<(macs: Iterable<string>) => void>();

  find(mac: string): KnownDevice | undefined {
    return this.devices.get(mac);
  }

  all(): Iterable<KnownDevice> {
    return this.devices.values();
  }

  ofNumber(tenant: string, switchId: string, number: string): readonly KnownDevice[] {
    return [...this.devices.values()].filter((each) => each.tenant === tenant && each.switchId === switchId && each.number === number);
  }

  settingsOf(device: KnownDevice): SettingsAbove {
    return this.above.get(device.mac) ?? {};
  }

  stampOf(device: KnownDevice): string {
    return `${device.tag} ${JSON.stringify(this.settingsOf(device))}`;
  }

  onChanged(listener: (macs: Iterable<string>) => void): void {
    this.#listeners.add(listener);
  }

  put(device: KnownDevice): void {
    this.devices.set(device.mac, device);
    this.tell([device.mac]);
  }

  tell(macs: Iterable<string>): void {
    for (const listener of this.#listeners) listener(macs);
  }
}

export class FakeDirectory implements Directory {
  isLoaded = true;
  readonly lines = new Map<string, Line>();
  readonly #listeners = new Set<(line: LineKey) => void>();

  line(tenant: string, switchId: string, number: string): Line | undefined {
    return this.lines.get(`${tenant}/${switchId}/${number}`);
  }

  numberOf(sipDomain: string, number: string): LineKey | undefined {
    return [...this.lines.values()].find((each) => each.sipDomain === sipDomain && each.number === number);
  }

  onChanged(listener: (line: LineKey) => void): void {
    this.#listeners.add(listener);
  }

  put(line: Line): void {
    this.lines.set(`${line.tenant}/${line.switchId}/${line.number}`, line);
    for (const listener of this.#listeners) listener(line);
  }
}

export class FakeFacts implements Facts {
  readonly events: NewEvent[] = [];
  readonly revisions: Declared[] = [];

  note(event: NewEvent): void {
    this.events.push(event);
  }

  fetched(_fetch: Fetched): void {}

  declared(revision: Declared): void {
    this.revisions.push(revision);
  }

  usedGeneration(_mac: string): number {
    return 0;
  }

  waits(_phone: WaitingPhone): void {}

  swept(_sweep: SweepSeen): void {}
}

/** Answers each request as the spec says. */
export class FakeEndpoint implements Pick<SipEndpoint, 'request'> {
  readonly sent: OutgoingRequest[] = [];
  status = 200;
  onSent: () => Promise<void> = () => Promise.resolve();

  async request(request: OutgoingRequest): Promise<{ status: number; reason: string }> {
    this.sent.push(request);
    await this.onSent();
    return { status: this.status, reason: '' };
  }
}
