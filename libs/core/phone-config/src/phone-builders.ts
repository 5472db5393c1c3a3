import { effectiveDeviceSettings, type SettingLayers } from './device-settings.ts';
import type { Pack } from './pack.ts';
import { parsePack } from './parse-pack.ts';
import type { OpenInput, PhoneInput } from './render.ts';

// For specs: phones, and packs as small as they may be.

export const aLine = { number: '1001', userName: 'u1001', password: 'SipSecret7', displayName: 'Anna Berg', sipDomain: 'sip.example.net' };

export function aPhone(change: Partial<PhoneInput> = {}, layers: SettingLayers = {}): PhoneInput {
  return { mac: '805ec0d57d72', model: '', label: 'Reception', line: aLine, credential: { userName: '805ec0d57d72', password: 'HTTPSECRET' }, adminPassword: 'ADMINSECRET', urls: { enrolled: 'http://prov.example.net/fs/dm/prov/enrolled/' }, effective: effectiveDeviceSettings(layers), ...change };
}

export const anOpenInput = (fileName: string): OpenInput => ({ fileName, urls: { enrolled: 'http://prov.example.net/fs/dm/prov/enrolled/', plain: 'http://prov.example.net/fs/dm/prov/' }, checkMinutes: 15 });

/** A made-up vendor whose phones read XML. */
export const ACME = {
  id: 'acme',
  name: 'Acme',
  models: [{ name: 'One' }],
  ouis: ['0a0b0c'],
  userAgents: ['^Acme (?<model>[a-z]+) (?<firmware>[0-9.]+)(?: (?<mac>[0-9a-f:]{17}))?$'],
  files: [{ kind: 'own', name: 'acme-{mac}.xml' }, { kind: 'common', name: 'acme.xml' }],
  syntax: { contentType: 'application/xml', header: ['<settings>'], footer: ['</settings>'], line: '<set name="{name}">{value}</set>', replace: { '&': '&amp;', '<': '&lt;', '>': '&gt;' } },
  parameters: [{ name: 'name', value: '{line.displayName}' }, { name: 'password', value: '{line.password}' }],
  bootstrap: [{ name: 'server', value: '{url.plain}/{fileName}' }],
  resync: { event: 'check-sync' },
};

export const acme = (change: Readonly<Record<string, unknown>> = {}): { folder: string; json: string } => ({ folder: 'acme', json: JSON.stringify({ ...ACME, ...change }) });

/** Packs that must be right. */
export function packsOf(sources: readonly { readonly folder: string; readonly json: string }[]): readonly Pack[] {
  return sources.map((source) => {
    const parsed = parsePack(source);
    if (!parsed.ok) throw new Error(`${source.folder}: ${parsed.error.join('; ')}`);
    return parsed.value;
  });
}
