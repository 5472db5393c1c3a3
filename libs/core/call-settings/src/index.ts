export type { CallSettings, Effective, EffectiveCallSettings, ForwardTarget, LayerName, SettingName } from './call-settings.ts';
export { NO_ANSWER_SECONDS, checkCallSettings, type CallSettingsIssue } from './check-call-settings.ts';
export { diffCallSettings, type CallSettingsChange } from './diff-call-settings.ts';
export { effectiveCallSettings, type CallSettingsLayers } from './effective-call-settings.ts';
export { SETTING_NAMES, SYSTEM_DEFAULTS } from './system-defaults.ts';
