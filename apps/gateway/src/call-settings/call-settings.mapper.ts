import { type CallSettingsLayers, effectiveCallSettings, type Effective, type LayerName } from '@sfs/call-settings';
import type { CallSettings as SettingsMessage, ForwardTarget as TargetMessage, LayerSettings } from '@sfs/contracts';
import type { CallSettings, CallSettingsView, ForwardTarget } from '@sfs/rest-contract';
import { metaOf } from '../clients/meta.mapper.ts';

interface LayersAnswer {
  readonly meta: Parameters<typeof metaOf>[0];
  readonly settings: SettingsMessage | undefined;
  readonly layers: readonly LayerSettings[];
}

export function viewOf({ meta, settings, layers }: LayersAnswer): CallSettingsView {
  const named = layers.filter(({ layer }) => layer !== 'system').map(({ layer, settings: set }) => [layer, settingsOf(set)]);
  const shown = new Set<string>(['system', ...named.map(([layer]) => String(layer))]);
  const effective = effectiveCallSettings(Object.fromEntries(named) as CallSettingsLayers);
  return {
    meta: metaOf(meta),
    settings: settingsOf(settings),
    effective: {
      rejectOnNotReady: only(effective.rejectOnNotReady, shown),
      callWaiting: only(effective.callWaiting, shown),
      forwardAll: only(effective.forwardAll, shown),
      forwardOnNoAnswer: only(effective.forwardOnNoAnswer, shown),
      noAnswerTimeoutSeconds: only(effective.noAnswerTimeoutSeconds, shown),
      forwardOnBusy: only(effective.forwardOnBusy, shown),
    },
  };
}

/** A site knows no user layer. */
function only<T>({ value, origin, layers }: Effective<T>, shown: ReadonlySet<string>): { value: T; origin: LayerName; layers: { layer: LayerName; value: T | undefined }[] } {
  return { value, origin, layers: layers.filter(({ layer }) => shown.has(layer)).map((entry) => ({ ...entry })) };
}

function settingsOf(message: SettingsMessage | undefined): CallSettings {
  if (!message) return {};
  const { rejectOnNotReady, callWaiting, forwardAll, forwardOnNoAnswer, noAnswerTimeoutSeconds, forwardOnBusy } = message;
  return {
    ...(rejectOnNotReady === undefined ? {} : { rejectOnNotReady }),
    ...(callWaiting === undefined ? {} : { callWaiting }),
    ...(forwardAll === undefined ? {} : { forwardAll: targetOf(forwardAll) }),
    ...(forwardOnNoAnswer === undefined ? {} : { forwardOnNoAnswer: targetOf(forwardOnNoAnswer) }),
    ...(noAnswerTimeoutSeconds === undefined ? {} : { noAnswerTimeoutSeconds }),
    ...(forwardOnBusy === undefined ? {} : { forwardOnBusy: targetOf(forwardOnBusy) }),
  };
}

function targetOf({ kind, number }: TargetMessage): ForwardTarget {
  if (kind === 'number') return { kind, number };
  return kind === 'find-me' || kind === 'voicemail' ? { kind } : { kind: 'off' };
}

export function settingsMessage(settings: CallSettings): SettingsMessage {
  const { rejectOnNotReady, callWaiting, forwardAll, forwardOnNoAnswer, noAnswerTimeoutSeconds, forwardOnBusy } = settings;
  return {
    rejectOnNotReady,
    callWaiting,
    forwardAll: forwardAll && targetMessage(forwardAll),
    forwardOnNoAnswer: forwardOnNoAnswer && targetMessage(forwardOnNoAnswer),
    noAnswerTimeoutSeconds,
    forwardOnBusy: forwardOnBusy && targetMessage(forwardOnBusy),
  };
}

function targetMessage(target: ForwardTarget): TargetMessage {
  return { kind: target.kind, number: target.kind === 'number' ? target.number : '' };
}
