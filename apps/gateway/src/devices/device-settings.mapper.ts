import type { DeviceLayer as LayerMessage, DeviceProfile as ProfileMessage, DeviceSettings as SettingsMessage, EffectiveSetting as EffectiveMessage } from '@sfs/contracts';
import { type DeviceLayer, deviceLayerName, type DeviceProfile, type DeviceSettings, deviceSettings, type EffectiveDeviceSetting } from '@sfs/rest-contract';
import { metaOf, present } from '../clients/meta.mapper.ts';

/** proto3 has no absent map: without entries none is set. */
export function settingsOf(message: SettingsMessage | undefined): DeviceSettings {
  if (!message) return {};
  const { codecs, vendorParameters, ...plain } = message;
  const set = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const hasVendorParameters = Object.keys(vendorParameters).length > 0;
  return deviceSettings.parse({ ...set, ...(codecs ? { codecs: codecs.codecs } : {}), ...(hasVendorParameters ? { vendorParameters } : {}) });
}

export function settingsMessage(settings: DeviceSettings): SettingsMessage {
  const { timeZone, language, ntpServer, transport, registerSeconds, outboundProxy, backupProxy, voicemailNumber, checkMinutes, codecs, vendorParameters } = settings;
  return {
    timeZone,
    language,
    ntpServer,
    transport,
    registerSeconds,
    outboundProxy,
    backupProxy,
    voicemailNumber,
    checkMinutes,
    codecs: codecs && { codecs },
    vendorParameters: vendorParameters ?? {},
  };
}

/** Layers from system down, whatever order the map came in. */
export function effectiveOf({ name, value, origin, layers }: EffectiveMessage): EffectiveDeviceSetting {
  const set = deviceLayerName.options.flatMap((layer) => {
    const said = layers[layer];
    return said === undefined ? [] : [{ layer, value: parsed(said) }];
  });
  return { name, value: parsed(value), origin: deviceLayerName.parse(origin), layers: set };
}

export function profileOf({ profile, devices }: { profile: ProfileMessage | undefined; devices: number }): DeviceProfile {
  const { meta, id, name, settings } = present(profile);
  return { meta: metaOf(meta), id, name, settings: settingsOf(settings), devices };
}

export function layerOf({ deviceLayer, effective }: { deviceLayer: LayerMessage | undefined; effective: readonly EffectiveMessage[] }): DeviceLayer {
  const { meta, settings } = present(deviceLayer);
  return { meta: metaOf(meta), settings: settingsOf(settings), effective: effective.map(effectiveOf) };
}

function parsed(json: string): unknown {
  return JSON.parse(json) as unknown;
}
