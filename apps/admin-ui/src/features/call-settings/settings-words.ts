import type { CallSettings, CallSettingsView, ForwardTarget } from '@sfs/rest-contract';

export type SettingKey = keyof CallSettings & keyof CallSettingsView['effective'];
export type SettingValue = CallSettingsView['effective'][SettingKey]['value'];
export type LayerName = CallSettingsView['effective'][SettingKey]['origin'];

/** In the order a call meets them. */
export const SETTING_KEYS = ['forwardAll', 'rejectOnNotReady', 'callWaiting', 'forwardOnBusy', 'noAnswerTimeoutSeconds', 'forwardOnNoAnswer'] as const satisfies readonly SettingKey[];

export const SETTING_LABELS: Readonly<Record<SettingKey, string>> = {
  forwardAll: 'Forward all calls',
  forwardOnNoAnswer: 'On no answer',
  noAnswerTimeoutSeconds: 'No answer after',
  forwardOnBusy: 'On busy',
  callWaiting: 'Call waiting',
  rejectOnNotReady: 'Reject when not ready',
};

export function settingWords(value: SettingValue | undefined): string {
  if (value === undefined) return 'not set';
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  if (typeof value === 'number') return `${value} s`;
  return targetWords(value);
}

export function targetWords(target: ForwardTarget): string {
  if (target.kind === 'off') return 'Off';
  if (target.kind === 'find-me') return 'Find Me';
  if (target.kind === 'voicemail') return 'to the own mailbox';
  return target.number ? `to ${target.number}` : 'to a number not given yet';
}

export type LayerNames = Readonly<Partial<Record<LayerName, string>>>;

/** "Site Berlin" where the name is known, else the layer itself. */
export function layerWords(layer: LayerName, names: LayerNames = {}): string {
  const plain = { system: 'System', tenant: 'Tenant', site: 'Site', user: 'User' } as const;
  return names[layer] ?? plain[layer];
}
