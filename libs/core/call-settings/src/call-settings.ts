/** The six settings of the original (reference: product guide, "Call settings"). Absent = follows the next layer up ("System"). */
export interface CallSettings {
  readonly rejectOnNotReady?: boolean;
  readonly callWaiting?: boolean;
  readonly forwardAll?: ForwardTarget;
  readonly forwardOnNoAnswer?: ForwardTarget;
  /** 5-60 s in steps of 5 */
  readonly noAnswerTimeoutSeconds?: number;
  readonly forwardOnBusy?: ForwardTarget;
}

/** `voicemail` is the mailbox of the user who is called. `find-me` can be stored only as a value of forwardAll; until it is built it is refused as a target with a clear message. */
export type ForwardTarget = { readonly kind: 'off' } | { readonly kind: 'number'; readonly number: string } | { readonly kind: 'voicemail' } | { readonly kind: 'find-me' };

export type SettingName = keyof Required<CallSettings>;

/** From the weakest to the strongest. A profile layer comes with forwarding profiles. */
export type LayerName = 'system' | 'tenant' | 'site' | 'user';

export interface Effective<T> {
  readonly value: T;
  readonly origin: LayerName;
  /** every layer in order, weakest first; undefined = not set there */
  readonly layers: readonly { readonly layer: LayerName; readonly value: T | undefined }[];
}

export type EffectiveCallSettings = { readonly [K in SettingName]: Effective<Required<CallSettings>[K]> };
