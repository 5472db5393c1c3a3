import type { CallSettings } from './call-settings.ts';

/** The weakest layer: what "System" means until an administrator sets something (product reference, 5.1). */
export const SYSTEM_DEFAULTS: Required<CallSettings> = {
  rejectOnNotReady: false,
  callWaiting: true,
  forwardAll: { kind: 'off' },
  forwardOnNoAnswer: { kind: 'off' },
  noAnswerTimeoutSeconds: 30,
  forwardOnBusy: { kind: 'off' },
};

/** In the order of the settings page. */
export const SETTING_NAMES = [
  'rejectOnNotReady',
  'callWaiting',
  'forwardAll',
  'forwardOnNoAnswer',
  'noAnswerTimeoutSeconds',
  'forwardOnBusy',
] as const satisfies readonly (keyof CallSettings)[];
