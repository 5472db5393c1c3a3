import type { CallSettings, CallSettingsView } from '@sfs/rest-contract';
import { SETTING_KEYS } from './settings-words.ts';

const BUILT_IN: Required<CallSettings> = { rejectOnNotReady: false, callWaiting: true, forwardAll: { kind: 'off' }, forwardOnNoAnswer: { kind: 'off' }, noAnswerTimeoutSeconds: 30, forwardOnBusy: { kind: 'off' } };

/** A user's settings for specs: what the user, the site and the tenant have set over the built-in values. */
export function aView(user: CallSettings = {}, above: { readonly site?: CallSettings; readonly tenant?: CallSettings } = {}): CallSettingsView {
  const chain = [
    { layer: 'system', settings: BUILT_IN },
    { layer: 'tenant', settings: above.tenant ?? {} },
    { layer: 'site', settings: above.site ?? {} },
    { layer: 'user', settings: user },
  ] as const;
  const effective = Object.fromEntries(
    SETTING_KEYS.map((key) => {
      const layers = chain.map(({ layer, settings }) => ({ layer, value: (settings as CallSettings)[key] }));
      const winner = layers.findLast((layer) => layer.value !== undefined);
      return [key, { value: winner?.value, origin: winner?.layer, layers }];
    }),
  );
  return { meta: { version: 3, tag: 't3', changedAt: '2026-11-25T02:00:00Z', actor: 'admin' }, settings: user, effective: effective as unknown as CallSettingsView['effective'] };
}
