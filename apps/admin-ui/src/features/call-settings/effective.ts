import type { CallSettings, CallSettingsView } from '@sfs/rest-contract';
import type { LayerName, SettingKey, SettingValue } from './settings-words.ts';

export interface EffectiveSetting {
  readonly value: SettingValue;
  readonly origin: LayerName;
  readonly layers: readonly { readonly layer: LayerName; readonly value: SettingValue | undefined }[];
}

/** What would be in effect with the draft: the strongest layer that sets the value wins. */
export function effectiveWith(view: CallSettingsView, draft: CallSettings, key: SettingKey, own: LayerName): EffectiveSetting {
  const known: readonly { layer: LayerName; value?: SettingValue | undefined }[] = view.effective[key].layers;
  // the layer edited here may be missing while nothing was ever set in it
  const above = known.filter(({ layer }) => layer !== own).map(({ layer, value }) => ({ layer, value }));
  const layers = [...above, { layer: own, value: draft[key] }];
  const winner = layers.findLast((layer) => layer.value !== undefined);
  return { value: winner?.value ?? view.effective[key].value, origin: winner?.layer ?? view.effective[key].origin, layers };
}

/** The value to go back to when it is no longer set here. */
export function inherited(view: CallSettingsView, key: SettingKey, own: LayerName): { readonly value: SettingValue; readonly origin: LayerName } {
  const { value, origin } = effectiveWith(view, {}, key, own);
  return { value, origin };
}

export function withSetting(draft: CallSettings, key: SettingKey, value: SettingValue | undefined): CallSettings {
  const next = { ...draft, [key]: value };
  if (value === undefined) delete next[key];
  return next;
}
