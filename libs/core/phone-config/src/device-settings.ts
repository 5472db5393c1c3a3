export type Codec = 'pcma' | 'pcmu' | 'g722';

/** What is set at one layer, in no vendor's words; absent = follows the layer above. Same names as REST. */
export interface DeviceSettings {
  /** IANA zone */
  readonly timeZone?: string | undefined;
  /** ISO 639-1 */
  readonly language?: string | undefined;
  /** host name or address; '' = none */
  readonly ntpServer?: string | undefined;
  readonly transport?: 'udp' | 'tcp' | undefined;
  readonly registerSeconds?: number | undefined;
  /** HOST[:PORT]; '' = by the SIP domain */
  readonly outboundProxy?: string | undefined;
  /** HOST[:PORT] of the other site's; '' = none */
  readonly backupProxy?: string | undefined;
  /** '' = none */
  readonly voicemailNumber?: string | undefined;
  readonly checkMinutes?: number | undefined;
  /** preferred first */
  readonly codecs?: readonly Codec[] | undefined;
  /** by the vendor's names; they overrule what we would say. Layers add up name by name. */
  readonly vendorParameters?: Readonly<Record<string, string>> | undefined;
}

type SettingName = keyof DeviceSettings;
export type DeviceSettingValues = { readonly [K in SettingName]-?: NonNullable<DeviceSettings[K]> };

/** Built in. */
export const SYSTEM_DEVICE_SETTINGS: DeviceSettingValues = {
  timeZone: 'UTC',
  language: 'en',
  ntpServer: '',
  transport: 'udp',
  registerSeconds: 3600,
  outboundProxy: '',
  backupProxy: '',
  voicemailNumber: '',
  checkMinutes: 60,
  codecs: ['pcma', 'pcmu'],
  vendorParameters: {},
};

/** Weakest first. */
export const LAYER_NAMES = ['system', 'tenant', 'site', 'profile', 'device'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

export type SettingLayers = { readonly [L in Exclude<LayerName, 'system'>]?: DeviceSettings | undefined };

export interface EffectiveSetting {
  /** of a vendor parameter: vendorParameters.NAME */
  readonly name: string;
  readonly value: unknown;
  readonly origin: LayerName;
  /** what each layer says, weakest first; layers that say nothing are left out */
  readonly layers: readonly { readonly layer: LayerName; readonly value: unknown }[];
}

export interface EffectiveSettings {
  readonly values: DeviceSettingValues;
  readonly settings: readonly EffectiveSetting[];
}

/** The value of every setting and where it comes from; vendor parameters by name, sorted. Never fails. */
export function effectiveDeviceSettings(layers: SettingLayers): EffectiveSettings {
  const all = LAYER_NAMES.map((layer) => ({ layer, set: layer === 'system' ? SYSTEM_DEVICE_SETTINGS : (layers[layer] ?? {}) }));
  const settings: EffectiveSetting[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(SYSTEM_DEVICE_SETTINGS) as SettingName[]) {
    if (name === 'vendorParameters') continue;
    const setting = resolve(name, all.map(({ layer, set }) => ({ layer, value: set[name] })));
    values[name] = setting.value;
    settings.push(setting);
  }
  const names = new Set(all.flatMap(({ set }) => Object.keys(set.vendorParameters ?? {})));
  const parameters = [...names].sort().map((name) => ({ name, setting: resolve(`vendorParameters.${name}`, all.map(({ layer, set }) => ({ layer, value: own(set.vendorParameters, name) }))) }));
  values['vendorParameters'] = Object.fromEntries(parameters.map(({ name, setting }) => [name, setting.value]));
  return { values: values as unknown as DeviceSettingValues, settings: [...settings, ...parameters.map(({ setting }) => setting)] };
}

const own = (record: Readonly<Record<string, string>> | undefined, name: string): string | undefined => (record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined);

function resolve(name: string, said: readonly { readonly layer: LayerName; readonly value: unknown }[]): EffectiveSetting {
  const layers = said.filter(({ value }) => value !== undefined);
  const last = layers.at(-1);
  return { name, value: last?.value, origin: last?.layer ?? 'system', layers };
}
