import { LAYER_NAMES, type EffectiveSettings, type LayerName } from './device-settings.ts';
import type { Pack } from './pack.ts';
import type { PhoneInput } from './render.ts';
import { TIME_ZONE_PLACEHOLDERS, timeZoneTexts } from './time-zone.ts';

export type LineOrigin = LayerName | 'number' | 'secret' | '';

export interface Filling {
  readonly text: string;
  readonly origin: LineOrigin;
}

const CODECS = ['pcma', 'pcmu', 'g722'] as const;
const SETTINGS = ['timeZone', 'language', 'ntpServer', 'transport', 'registerSeconds', 'voicemailNumber', 'checkMinutes'] as const;
const PROXIES = ['outboundProxy', 'backupProxy'] as const;

export const PLACEHOLDER = /\{([^{}]+)\}/g;
export const placeholdersOf = (template: string): readonly string[] => [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

/** What files without secrets may say. */
export const OPEN_PLACEHOLDERS: ReadonlySet<string> = new Set(['fileName', 'mac', 'MAC', 'url.enrolled', 'url.plain', 'checkMinutes', 'checkHours', 'checkStep']);

/** What own files may say. */
export const OWN_PLACEHOLDERS: ReadonlySet<string> = new Set([
  ...['mac', 'MAC', 'model', 'label', 'url.enrolled', 'checkHours', 'checkStep'],
  ...['line', 'line.number', 'line.userName', 'line.password', 'line.displayName', 'line.sipDomain'],
  ...['credential.userName', 'credential.password', 'adminPassword'],
  ...SETTINGS,
  ...PROXIES.flatMap((proxy) => [proxy, `${proxy}.host`, `${proxy}.port`]),
  ...TIME_ZONE_PLACEHOLDERS,
  ...['timeZone.word', 'language.word', 'codec.1', 'codec.2', 'codec.3'],
  ...CODECS.flatMap((codec) => [`codec.${codec}`, `codec.${codec}.place`]),
]);

/** For vendors that know only some periods: the longest of 5 minutes, 15 minutes and whole hours that is not longer than asked. */
function periodOf(minutes: number): { readonly checkStep: string; readonly checkHours: string } {
  const checkStep = minutes < 15 ? '5' : minutes < 60 ? '15' : 'hours';
  return { checkStep, checkHours: String(Math.max(1, Math.floor(minutes / 60))) };
}

/** Everything an own file can say about a phone, by placeholder. */
export function ownFillings(pack: Pack, input: PhoneInput): ReadonlyMap<string, Filling> {
  const fillings = new Map<string, Filling>();
  const put = (origin: LineOrigin, texts: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(texts)) fillings.set(name, { text, origin });
  };
  put('', { mac: input.mac, MAC: input.mac.toUpperCase(), model: input.model, label: input.label, 'url.enrolled': withoutSlash(input.urls.enrolled), 'credential.userName': input.credential.userName });
  put('secret', { 'credential.password': input.credential.password, adminPassword: input.adminPassword, 'line.password': input.line?.password ?? '' });
  const { line } = input;
  put('number', { line: line === undefined ? '' : '1', 'line.number': line?.number ?? '', 'line.userName': line?.userName ?? '', 'line.displayName': line?.displayName ?? '', 'line.sipDomain': line?.sipDomain ?? '' });
  putSettings(pack, input.effective, put);
  return fillings;
}

function putSettings(pack: Pack, effective: EffectiveSettings, put: (origin: LineOrigin, texts: Readonly<Record<string, string>>) => void): void {
  const { values } = effective;
  const origins = new Map(effective.settings.map(({ name, origin }) => [name, origin]));
  const originOf = (name: string): LayerName => origins.get(name) ?? 'system';
  for (const name of SETTINGS) put(originOf(name), { [name]: String(values[name]) });
  for (const name of PROXIES) {
    const { host, port } = hostPort(values[name]);
    put(originOf(name), { [name]: values[name], [`${name}.host`]: host, [`${name}.port`]: port });
  }
  put(originOf('checkMinutes'), { ...periodOf(values.checkMinutes) });
  put(originOf('language'), { 'language.word': pack.tables.language.get(values.language) ?? '' });
  put(originOf('timeZone'), { ...timeZoneTexts(values.timeZone), 'timeZone.word': pack.tables.timeZone.get(values.timeZone) ?? '' });
  for (const place of [1, 2, 3]) put(originOf('codecs'), { [`codec.${String(place)}`]: values.codecs[place - 1] ?? '' });
  for (const codec of CODECS) {
    const place = values.codecs.indexOf(codec);
    put(originOf('codecs'), { [`codec.${codec}`]: place < 0 ? '' : '1', [`codec.${codec}.place`]: place < 0 ? '' : String(place + 1) });
  }
}

/** Everything a file without secrets can say. */
export function openFillings(input: { readonly fileName: string; readonly mac: string; readonly urls: { readonly enrolled: string; readonly plain: string }; readonly checkMinutes: number }): ReadonlyMap<string, Filling> {
  const texts = { fileName: input.fileName, mac: input.mac, MAC: input.mac.toUpperCase(), 'url.enrolled': withoutSlash(input.urls.enrolled), 'url.plain': withoutSlash(input.urls.plain), checkMinutes: String(input.checkMinutes), ...periodOf(input.checkMinutes) };
  return new Map(Object.entries(texts).map(([name, text]) => [name, { text, origin: '' as const }]));
}

/** Packs write the slash themselves. */
const withoutSlash = (url: string): string => url.replace(/\/$/, '');

function hostPort(text: string): { readonly host: string; readonly port: string } {
  if (text === '') return { host: '', port: '' };
  const colon = text.lastIndexOf(':');
  return colon < 0 ? { host: text, port: '5060' } : { host: text.slice(0, colon), port: text.slice(colon + 1) };
}

const WEAKEST_FIRST: readonly LineOrigin[] = ['', ...LAYER_NAMES, 'number', 'secret'];

/** Of several values in one line: a secret beats all, then the number, then the strongest layer. */
export function strongestOrigin(origins: readonly LineOrigin[]): LineOrigin {
  return origins.reduce<LineOrigin>((best, origin) => (WEAKEST_FIRST.indexOf(origin) > WEAKEST_FIRST.indexOf(best) ? origin : best), '');
}
