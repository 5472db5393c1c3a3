import type { DeviceSettings as SettingsMessage, EffectiveSetting as EffectiveMessage } from '@sfs/contracts';
import type { Codec, DeviceSettings, EffectiveSettings } from '@sfs/phone-config';

/** What is set; nothing else of the message gets into a body. Values are checked later. */
export function settingsOf(message: SettingsMessage | undefined): DeviceSettings {
  if (message === undefined) return {};
  const { codecs, vendorParameters, timeZone, language, ntpServer, transport, registerSeconds, outboundProxy, backupProxy, voicemailNumber, checkMinutes } = message;
  const plain = { timeZone, language, ntpServer, transport: transport as DeviceSettings['transport'], registerSeconds, outboundProxy, backupProxy, voicemailNumber, checkMinutes };
  const set = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)) as DeviceSettings;
  return {
    ...set,
    ...(codecs === undefined ? {} : { codecs: codecs.codecs as Codec[] }),
    ...(Object.keys(vendorParameters).length === 0 ? {} : { vendorParameters: { ...vendorParameters } }),
  };
}

export function toSettings({ codecs, vendorParameters = {}, ...rest }: DeviceSettings): SettingsMessage {
  return { ...NOTHING_SET, ...rest, codecs: codecs === undefined ? undefined : { codecs: [...codecs] }, vendorParameters: { ...vendorParameters } };
}

export function toEffective({ settings }: EffectiveSettings): EffectiveMessage[] {
  return settings.map(({ name, value, origin, layers }) => ({
    name,
    value: JSON.stringify(value),
    origin,
    layers: Object.fromEntries(layers.map((said) => [said.layer, JSON.stringify(said.value)])),
  }));
}

const NOTHING_SET = {
  timeZone: undefined,
  language: undefined,
  ntpServer: undefined,
  transport: undefined,
  registerSeconds: undefined,
  outboundProxy: undefined,
  backupProxy: undefined,
  voicemailNumber: undefined,
  checkMinutes: undefined,
};
