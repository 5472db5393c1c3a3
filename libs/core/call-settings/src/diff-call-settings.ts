import type { CallSettings, ForwardTarget, SettingName } from './call-settings.ts';
import { SETTING_NAMES } from './system-defaults.ts';

/** One changed setting in words, for audit and history: `follows` = not set at this layer. */
export interface CallSettingsChange {
  readonly setting: SettingName;
  readonly before: string;
  readonly after: string;
}

/** What changed between two states of one layer, in the order of the settings page. */
export function diffCallSettings(before: CallSettings, after: CallSettings): readonly CallSettingsChange[] {
  return SETTING_NAMES.map((setting) => ({ setting, before: inWords(before[setting]), after: inWords(after[setting]) })).filter(
    (change) => change.before !== change.after,
  );
}

function inWords(value: boolean | number | ForwardTarget | undefined): string {
  if (value === undefined) return 'follows';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return `${value} s`;
  if (value.kind === 'number') return value.number;
  return value.kind === 'find-me' ? 'find me' : value.kind;
}
