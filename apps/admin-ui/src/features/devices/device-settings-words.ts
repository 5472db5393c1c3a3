import type { DeviceSettings, EffectiveDeviceSetting } from '@sfs/rest-contract';
import { same } from '../../edit/merge-fields.ts';
import type { Rung } from '../../ui/ladder.tsx';
import type { DiffLine } from '../../ui/save-bar.tsx';

export type DeviceLayerName = EffectiveDeviceSetting['origin'];
export type SettingKey = Exclude<keyof DeviceSettings, 'vendorParameters'>;
export type SettingValue = DeviceSettings[SettingKey];
export type LayerNames = Readonly<Partial<Record<DeviceLayerName, string>>>;

/** Which layers count where, weakest first. A profile does not know the site of the numbers it will be used for. */
export const LAYERS_OF: Readonly<Record<Exclude<DeviceLayerName, 'system'>, readonly DeviceLayerName[]>> = {
  tenant: ['system', 'tenant'],
  site: ['system', 'tenant', 'site'],
  profile: ['system', 'tenant', 'profile'],
  device: ['system', 'tenant', 'site', 'profile', 'device'],
};
export type OwnLayer = keyof typeof LAYERS_OF;

export const SETTING_LABELS: Readonly<Record<SettingKey, string>> = {
  timeZone: 'Time zone',
  language: 'Language',
  ntpServer: 'Time server',
  transport: 'SIP transport',
  registerSeconds: 'Registers every',
  outboundProxy: 'Outbound proxy',
  backupProxy: 'Backup proxy',
  voicemailNumber: 'Voicemail key calls',
  checkMinutes: 'Looks for changes every',
  codecs: 'Codecs',
};
export const SETTING_KEYS = Object.keys(SETTING_LABELS) as readonly SettingKey[];

export const SETTING_HINTS: Readonly<Record<SettingKey, string>> = {
  timeZone: 'For the clock on the display; daylight saving comes with it.',
  language: 'Of the menus; a phone that lacks it stays English.',
  ntpServer: 'Empty: the phone keeps its own.',
  transport: 'How SIP travels.',
  registerSeconds: '60 to 3600 seconds.',
  outboundProxy: 'HOST or HOST:PORT that all SIP goes to. Empty: by the SIP domain.',
  backupProxy: 'Of the other site, used while the first does not answer. Empty: none.',
  voicemailNumber: 'Empty: the key does nothing.',
  checkMinutes: '5 to 1440 minutes. Asking it to fetch works at once.',
  codecs: 'The first that both sides have is used.',
};

const CODECS: Readonly<Record<string, string>> = { pcma: 'G.711 A-law', pcmu: 'G.711 µ-law', g722: 'G.722' };
const EMPTY: Readonly<Partial<Record<SettingKey, string>>> = { ntpServer: 'none', outboundProxy: 'by the SIP domain', backupProxy: 'none', voicemailNumber: 'none' };
export const LANGUAGES: readonly string[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'cs', 'da', 'sv', 'nb', 'fi', 'tr', 'ru'];

export function codecWords(codec: string): string {
  return CODECS[codec] ?? codec;
}

export function languageWords(code: string): string {
  if (!/^[a-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(code) ?? code;
}

export function settingWords(key: SettingKey, value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  if (value === '') return EMPTY[key] ?? 'empty';
  if (Array.isArray(value)) return value.map((each) => codecWords(String(each))).join(', ');
  if (key === 'language') return languageWords(String(value));
  if (key === 'transport') return String(value).toUpperCase();
  if (key === 'registerSeconds') return `${String(value)} s`;
  return key === 'checkMinutes' ? `${String(value)} min` : String(value);
}

const LAYER_WORDS: Readonly<Record<DeviceLayerName, string>> = { system: 'System', tenant: 'Tenant', site: 'Site', profile: 'Profile', device: 'This device' };

export function layerWords(layer: DeviceLayerName, names: LayerNames = {}): string {
  return names[layer] ?? LAYER_WORDS[layer];
}

interface Effective {
  readonly value: unknown;
  readonly origin: DeviceLayerName;
  readonly layers: readonly { readonly layer: DeviceLayerName; readonly value: unknown }[];
}

/** What would be in effect with this own value: the strongest layer that says something wins. */
export function effectiveWith(effective: readonly EffectiveDeviceSetting[], name: string, own: OwnLayer, ownValue: unknown): Effective {
  const known = effective.find((each) => each.name === name)?.layers ?? [];
  const layers = LAYERS_OF[own].map((layer) => ({ layer, value: layer === own ? ownValue : (known.find((each) => each.layer === layer)?.value ?? undefined) }));
  const winner = layers.findLast(({ value }) => value !== undefined);
  return { value: winner?.value, origin: winner?.layer ?? 'system', layers };
}

interface RungsSpec {
  readonly effective: readonly EffectiveDeviceSetting[];
  readonly name: string;
  readonly own: OwnLayer;
  readonly ownValue: unknown;
  readonly names: LayerNames;
  readonly words: (value: unknown) => string;
}

export function rungsOf({ effective, name, own, ownValue, names, words }: RungsSpec): readonly Rung[] {
  const { layers, origin } = effectiveWith(effective, name, own, ownValue);
  return layers.map(({ layer, value }) => ({ layer, name: layerWords(layer, names), set: value !== undefined, wins: value !== undefined && layer === origin, words: words(value) }));
}

/** An unset setting must be absent, not undefined: a PUT replaces all. */
export function withSetting(draft: DeviceSettings, key: SettingKey, value: SettingValue): DeviceSettings {
  const { [key]: _, ...rest } = draft;
  return value === undefined ? rest : { ...rest, [key]: value };
}

export function withParameter(draft: DeviceSettings, name: string, value: string | undefined): DeviceSettings {
  const { vendorParameters = {}, ...rest } = draft;
  const kept = Object.fromEntries(Object.entries(vendorParameters).filter(([each]) => each !== name));
  const next = value === undefined ? kept : { ...kept, [name]: value };
  return Object.keys(next).length === 0 ? rest : { ...rest, vendorParameters: next };
}

const PARAMETER = 'vendorParameters.';

/** Vendor parameters of this layer and of those beneath it, by name. */
export function parameterNames(effective: readonly EffectiveDeviceSetting[], draft: DeviceSettings, own: OwnLayer): readonly string[] {
  const above = effective.filter(({ name, layers }) => name.startsWith(PARAMETER) && layers.some(({ layer }) => layer !== own && LAYERS_OF[own].includes(layer))).map(({ name }) => name.slice(PARAMETER.length));
  return [...new Set([...above, ...Object.keys(draft.vendorParameters ?? {})])].sort();
}

interface DiffSpec {
  readonly effective: readonly EffectiveDeviceSetting[];
  readonly own: OwnLayer;
  readonly names: LayerNames;
}

/** Old and new in words, with the consequence: begins or ceases to follow. */
export function diffSettings(was: DeviceSettings, will: DeviceSettings, { effective, own, names }: DiffSpec): readonly DiffLine[] {
  const settings = SETTING_KEYS.map((key) => ({ name: key as string, label: SETTING_LABELS[key], before: was[key], after: will[key], words: (value: unknown) => settingWords(key, value) }));
  const parameters = [...new Set([...Object.keys(was.vendorParameters ?? {}), ...Object.keys(will.vendorParameters ?? {})])].sort();
  const vendor = parameters.map((name) => ({ name: PARAMETER + name, label: name, before: was.vendorParameters?.[name], after: will.vendorParameters?.[name], words: (value: unknown) => (value === undefined ? 'not set' : String(value) || 'empty') }));
  return [...settings, ...vendor]
    .filter(({ before, after }) => !same(before, after))
    .map(({ name, label, before, after, words }) => {
      const above = effectiveWith(effective, name, own, undefined);
      const followed = layerWords(above.origin, names);
      const note = above.value === undefined ? {} : before === undefined ? { note: `no longer follows ${followed}` } : after === undefined ? { note: `follows ${followed}` } : {};
      return { label, was: words(before ?? above.value), will: words(after ?? above.value), ...note };
    });
}
