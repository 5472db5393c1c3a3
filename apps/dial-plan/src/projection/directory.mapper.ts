import { CallSettings as WireSettings, DirectoryNumber, LayerSettings, MailboxLink, Switch, User, type ForwardTarget as WireTarget } from '@sfs/contracts';
import type { CallSettings, ForwardTarget } from '@sfs/call-settings';
import type { Entity } from './entity.ts';

export const userOf = (entity: Entity): User => User.fromJSON(entity.body);
export const numberOf = (entity: Entity): DirectoryNumber => DirectoryNumber.fromJSON(entity.body);
export const mailboxLinkOf = (entity: Entity): MailboxLink => MailboxLink.fromJSON(entity.body);
export const switchOf = (entity: Entity): Switch => Switch.fromJSON(entity.body);

export function settingsOf(entity: Entity | undefined): CallSettings | undefined {
  if (!entity) return undefined;
  const { settings } = LayerSettings.fromJSON(entity.body);
  return settings ? layerOf(settings) : undefined;
}

function layerOf(wire: WireSettings): CallSettings {
  return {
    ...(wire.rejectOnNotReady === undefined ? {} : { rejectOnNotReady: wire.rejectOnNotReady }),
    ...(wire.callWaiting === undefined ? {} : { callWaiting: wire.callWaiting }),
    ...(wire.forwardAll === undefined ? {} : { forwardAll: targetOf(wire.forwardAll) }),
    ...(wire.forwardOnNoAnswer === undefined ? {} : { forwardOnNoAnswer: targetOf(wire.forwardOnNoAnswer) }),
    ...(wire.noAnswerTimeoutSeconds === undefined ? {} : { noAnswerTimeoutSeconds: wire.noAnswerTimeoutSeconds }),
    ...(wire.forwardOnBusy === undefined ? {} : { forwardOnBusy: targetOf(wire.forwardOnBusy) }),
  };
}

function targetOf(wire: WireTarget): ForwardTarget {
  if (wire.kind === 'number') return { kind: 'number', number: wire.number };
  return wire.kind === 'find-me' || wire.kind === 'voicemail' ? { kind: wire.kind } : { kind: 'off' };
}
