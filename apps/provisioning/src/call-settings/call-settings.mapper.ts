import type { CallSettings, ForwardTarget } from '@sfs/call-settings';
import { CallSettings as CallSettingsMessage, ForwardTarget as ForwardTargetMessage, type GetCallSettingsResponse, SettingsLayer } from '@sfs/contracts';
import { refuse } from '../entities/check-input.ts';
import { toMeta } from '../entities/meta.mapper.ts';
import type { LayerKey, LayerView } from './call-settings.service.ts';

export function fromLayer(layer: SettingsLayer, id: string): LayerKey {
  switch (layer) {
    case SettingsLayer.TENANT:
      return { layer: 'tenant' };
    case SettingsLayer.SITE:
      return { layer: 'site', id };
    case SettingsLayer.USER:
      return { layer: 'user', id };
    default:
      throw refuse({ code: 'input/layer', field: 'layer', message: 'The layer is missing', remedy: 'Send tenant, site or user.' });
  }
}

/** Field by field; an absent field follows the layer above. */
export function fromSettings(message: CallSettingsMessage | undefined): CallSettings {
  if (!message) return {};
  const { rejectOnNotReady, callWaiting, noAnswerTimeoutSeconds } = message;
  return {
    ...(rejectOnNotReady === undefined ? {} : { rejectOnNotReady }),
    ...(callWaiting === undefined ? {} : { callWaiting }),
    ...(message.forwardAll ? { forwardAll: fromTarget('forwardAll', message.forwardAll) } : {}),
    ...(message.forwardOnNoAnswer ? { forwardOnNoAnswer: fromTarget('forwardOnNoAnswer', message.forwardOnNoAnswer) } : {}),
    ...(noAnswerTimeoutSeconds === undefined ? {} : { noAnswerTimeoutSeconds }),
    ...(message.forwardOnBusy ? { forwardOnBusy: fromTarget('forwardOnBusy', message.forwardOnBusy) } : {}),
  };
}

export function toView({ state, settings, layers }: LayerView): GetCallSettingsResponse {
  return {
    meta: state ? toMeta(state) : { version: 0, tag: '', changedAt: '', actor: '', site: '' },
    settings: toSettings(settings),
    layers: layers.map((layer) => ({ layer: layer.layer, id: layer.id, settings: toSettings(layer.settings) })),
  };
}

function toSettings({ forwardAll, forwardOnNoAnswer, forwardOnBusy, ...plain }: CallSettings): CallSettingsMessage {
  return CallSettingsMessage.create({
    ...plain,
    ...(forwardAll ? { forwardAll: toTarget(forwardAll) } : {}),
    ...(forwardOnNoAnswer ? { forwardOnNoAnswer: toTarget(forwardOnNoAnswer) } : {}),
    ...(forwardOnBusy ? { forwardOnBusy: toTarget(forwardOnBusy) } : {}),
  });
}

function toTarget(target: ForwardTarget): ForwardTargetMessage {
  return ForwardTargetMessage.create(target);
}

function fromTarget(field: string, { kind, number }: ForwardTargetMessage): ForwardTarget {
  switch (kind) {
    case 'off':
    case 'voicemail':
    case 'find-me':
      return { kind };
    case 'number':
      return { kind, number: number.slice(0, 256) };
    default:
      throw refuse({ code: 'input/forward-target', field, message: 'A forward goes off, to a number, to voicemail or to find-me', remedy: 'Send kind off, number, voicemail or find-me.' });
  }
}
