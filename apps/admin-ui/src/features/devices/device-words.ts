import type { Device, DeviceFile, DevicePack, Sweep } from '@sfs/rest-contract';
import { clock, count } from '../../ui/formats.ts';
import type { StateKind } from '../../ui/state.tsx';
import type { DeviceCounts, DeviceState } from './device-counts.api.ts';

interface InWords {
  readonly kind: StateKind;
  readonly words: string;
}

/** In the order of the tabs. */
export const STATES: Readonly<Record<DeviceState, InWords>> = {
  waiting: { kind: 'wait', words: 'Waiting' },
  assigned: { kind: 'wait', words: 'Assigned' },
  'in-step': { kind: 'ok', words: 'In step' },
  drift: { kind: 'warn', words: 'Drift' },
  'not-seen': { kind: 'bad', words: 'Not seen' },
};
export const STATE_ORDER = Object.keys(STATES) as readonly DeviceState[];

export function isDeviceState(text: string): text is DeviceState {
  return text in STATES;
}

export function countAll(counts: DeviceCounts): number {
  return STATE_ORDER.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** What somebody has to look at, for the navigation. */
export function attentionOf(counts: DeviceCounts): { readonly count: number; readonly words: string } {
  const asked = (['waiting', 'drift', 'not-seen'] as const).filter((state) => counts[state]);
  return { count: asked.reduce((sum, state) => sum + (counts[state] ?? 0), 0), words: asked.map((state) => `${counts[state] ?? 0} ${STATES[state].words.toLowerCase()}`).join(', ') };
}

/** `00:90:8f:4e:02:7b` */
export function macWords(mac: string): string {
  return /^[0-9a-f]{12}$/i.test(mac) ? (mac.toLowerCase().match(/../g) ?? []).join(':') : mac;
}

/** A whole MAC in any notation, or ''. */
export function macIn(text: string): string {
  const digits = text.trim().replace(/[:.\-\s]/g, '').toLowerCase();
  return /^[0-9a-f]{12}$/.test(digits) ? digits : '';
}

type Named = Pick<Device, 'vendor' | 'model' | 'label'>;

/** "AudioCodes 450HD" */
export function modelWords({ vendor, model }: Pick<Device, 'vendor' | 'model'>, packs: readonly DevicePack[] = []): string {
  const maker = packs.find(({ id }) => id === vendor)?.name ?? capital(vendor);
  return [maker, model].filter(Boolean).join(' ') || 'Unknown phone';
}

export function nameOf(device: Named, packs: readonly DevicePack[] = []): string {
  return device.label || modelWords(device, packs);
}

/** "r41 wants r42", "r42", "bootstrap", "none". */
export function revisionWords({ state, declared, running }: Pick<Device, 'state' | 'declared' | 'running'>): { readonly has: string; readonly wants: string } {
  if (state === 'waiting') return { has: 'bootstrap', wants: '' };
  const has = running.revision ? `r${running.revision}` : 'none';
  return { has, wants: declared.revision && declared.revision !== running.revision ? `r${declared.revision}` : '' };
}

export function isWindowOpen({ window }: Pick<Device, 'window'>, now: number): boolean {
  return window !== null && Date.parse(window.openUntil) > now;
}

/** Time left: `59:12`, `3 h 20 min`. */
export function leftWords(openUntil: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(openUntil) - now) / 1000));
  if (seconds >= 5_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function minutesWords(minutes: number): string {
  if (minutes % 60 === 0) return minutes === 60 ? 'an hour' : `${minutes / 60} hours`;
  return count(minutes, 'minute');
}

export function everyWords(minutes: number): string {
  return minutes === 60 ? 'every hour' : `every ${minutesWords(minutes)}`;
}

/** It reached the phone, which has no such event. */
const UNSUPPORTED: ReadonlySet<number> = new Set([405, 481, 489, 501]);

/** The final status of a check-sync, as long as nobody says more. */
export function notifyWords(status: number): { readonly kind: StateKind; readonly words: string } {
  if (status === 0) return { kind: 'off', words: 'not sent' };
  if (status >= 200 && status < 300) return { kind: 'ok', words: `answered ${status}` };
  if (UNSUPPORTED.has(status)) return { kind: 'ok', words: `delivered, answered ${status}: it does not know check-sync` };
  if (status === 401 || status === 407) return { kind: 'warn', words: 'it wants a password for it' };
  if (status === 486 || status === 600) return { kind: 'warn', words: 'busy' };
  if (status === 480) return { kind: 'warn', words: 'not registered' };
  return status === 408 ? { kind: 'warn', words: 'nobody answered' } : { kind: 'bad', words: `refused with ${status}` };
}

const ORIGINS: Readonly<Record<string, string>> = { system: 'System', tenant: 'Tenant', site: 'Site', profile: 'Profile', device: 'Device', number: 'Number', secret: 'Secret' };

/** The layer a line of the file comes from. */
export function originWords(origin: string): string {
  return origin === '' ? '' : (ORIGINS[origin] ?? origin);
}

export function fileAbout({ kind, revision, sizeBytes }: Pick<DeviceFile, 'kind' | 'revision' | 'sizeBytes'>): string {
  const size = sizeBytes < 1000 ? `${sizeBytes} B` : `${(sizeBytes / 1000).toFixed(1)} kB`;
  return kind === 'own' ? `r${revision}, ${size}` : `${size}, the same for every phone, no secrets`;
}

export function sweepWords({ address, macs, refused, beganAt, lastAt }: Sweep): string {
  const span = clock(beganAt).slice(0, 5) === clock(lastAt).slice(0, 5) ? `at ${clock(beganAt).slice(0, 5)}` : `from ${clock(beganAt).slice(0, 5)} to ${clock(lastAt).slice(0, 5)}`;
  return `${address} asked for ${count(macs, 'device')} ${span}; ${refused.toLocaleString('en')} of its requests were refused.`;
}

/** Where phones fetch, unless the operator published another address (SFS_DEVICES_PUBLIC_URL). */
export function provisioningUrl(hostName: string): string {
  return `http://${hostName.includes(':') && !hostName.startsWith('[') ? `[${hostName}]` : hostName}:8803/fs/dm/prov`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
