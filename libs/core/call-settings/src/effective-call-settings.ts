import type { CallSettings, Effective, EffectiveCallSettings, LayerName, SettingName } from './call-settings.ts';
import { SYSTEM_DEFAULTS } from './system-defaults.ts';

/** What is set at each layer; an absent layer sets nothing. `system` is built in. */
export type CallSettingsLayers = { readonly [L in Exclude<LayerName, 'system'>]?: CallSettings | undefined };

const ABOVE_SYSTEM = ['tenant', 'site', 'user'] as const satisfies readonly LayerName[];

/** The value of every setting and the layer it comes from: system < tenant < site < user. Never fails. */
export function effectiveCallSettings(layers: CallSettingsLayers): EffectiveCallSettings {
  return {
    rejectOnNotReady: resolve('rejectOnNotReady', layers),
    callWaiting: resolve('callWaiting', layers),
    forwardAll: resolve('forwardAll', layers),
    forwardOnNoAnswer: resolve('forwardOnNoAnswer', layers),
    noAnswerTimeoutSeconds: resolve('noAnswerTimeoutSeconds', layers),
    forwardOnBusy: resolve('forwardOnBusy', layers),
  };
}

function resolve<K extends SettingName>(name: K, layers: CallSettingsLayers): Effective<Required<CallSettings>[K]> {
  type Value = Required<CallSettings>[K];
  let value: Value = SYSTEM_DEFAULTS[name];
  let origin: LayerName = 'system';
  const seen: { layer: LayerName; value: Value | undefined }[] = [{ layer: 'system', value }];
  for (const layer of ABOVE_SYSTEM) {
    const here = layers[layer]?.[name] as Value | undefined;
    seen.push({ layer, value: here });
    if (here === undefined) continue;
    value = here;
    origin = layer;
  }
  return { value, origin, layers: seen };
}
