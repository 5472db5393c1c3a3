import type { CallSettings, CallSettingsView } from '@sfs/rest-contract';
import { type LayerName, type SettingKey, settingWords, type SettingValue } from './settings-words.ts';

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

/** Where nobody has set anything the own mailbox takes the call, if there is one; an `off` that somebody set is off. */
export function leadsToMailbox(key: SettingKey, { value, origin }: Pick<EffectiveSetting, 'value' | 'origin'>): boolean {
  return (key === 'forwardOnNoAnswer' || key === 'forwardOnBusy') && origin === 'system' && typeof value === 'object' && value.kind === 'off';
}

/** What a control shows, so that `off` stays a choice. */
export function shownValue(key: SettingKey, setting: Pick<EffectiveSetting, 'value' | 'origin'>): SettingValue {
  return leadsToMailbox(key, setting) ? { kind: 'voicemail' } : setting.value;
}

export function effectiveWords(key: SettingKey, setting: Pick<EffectiveSetting, 'value' | 'origin'>): string {
  return leadsToMailbox(key, setting) ? 'Own mailbox when there is one' : settingWords(setting.value);
}
