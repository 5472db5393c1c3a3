export type { CallSettings, Effective, EffectiveCallSettings, ForwardTarget, LayerName, SettingName } from './call-settings.ts';
