import type { CallSettings, CallSettingsView, ForwardTarget } from '@sfs/rest-contract';
import { effectiveWith } from '../call-settings/effective.ts';
import type { SettingKey } from '../call-settings/settings-words.ts';

export interface NowStep {
  readonly text: string;
  readonly why?: string;
  readonly later?: true;
}

/** The same settings as sentences a person would say about the own phone. */
export function callsNow(view: CallSettingsView, draft: CallSettings): readonly NowStep[] {
  const get = (key: SettingKey) => effectiveWith(view, draft, key, 'user').value;
  const all = get('forwardAll') as ForwardTarget;
  if (all.kind === 'number') return [{ text: `go to ${all.number || 'a number not given yet'}`, why: 'your phone does not ring' }];
  if (all.kind === 'voicemail') return [{ text: 'go to your mailbox', why: 'your phone does not ring' }];
  if (all.kind === 'find-me') return [{ text: 'go to Find Me', why: 'your phone does not ring' }];
  return [{ text: 'ring your phone' }, later(`after ${String(get('noAnswerTimeoutSeconds'))} s`, get('forwardOnNoAnswer') as ForwardTarget), later('if you are on a call', get('forwardOnBusy') as ForwardTarget)];
}

function later(when: string, target: ForwardTarget): NowStep {
  if (target.kind === 'off') return { text: `${when} the call ends`, later: true };
  if (target.kind === 'voicemail') return { text: `${when} to your mailbox`, later: true };
  return { text: `${when} to ${target.kind === 'number' ? target.number || 'a number not given yet' : 'Find Me'}`, later: true };
}
