import type { CallSettings, CallSettingsView, ForwardTarget } from '@sfs/rest-contract';
import { effectiveWith, leadsToMailbox } from '../call-settings/effective.ts';
import type { SettingKey } from '../call-settings/settings-words.ts';

export interface NowStep {
  readonly text: string;
  readonly why?: string;
  readonly later?: true;
}

/** The same settings as sentences a person would say about the own phone. */
export function callsNow(view: CallSettingsView, draft: CallSettings): readonly NowStep[] {
  const get = (key: SettingKey) => effectiveWith(view, draft, key, 'user');
  const all = get('forwardAll').value as ForwardTarget;
  if (all.kind !== 'off') return [{ text: `go ${whereTo(all)}`, why: 'your phone does not ring' }];
  const later = (when: string, key: SettingKey): NowStep => ({ text: `${when} ${laterWords(key, get(key))}`, later: true });
  return [{ text: 'ring your phone' }, later(`after ${String(get('noAnswerTimeoutSeconds').value)} s`, 'forwardOnNoAnswer'), later('if you are on a call', 'forwardOnBusy')];
}

function laterWords(key: SettingKey, setting: ReturnType<typeof effectiveWith>): string {
  if (leadsToMailbox(key, setting)) return 'to your mailbox, if you have one';
  const target = setting.value as ForwardTarget;
  return target.kind === 'off' ? 'the call ends' : whereTo(target);
}

function whereTo(target: ForwardTarget): string {
  if (target.kind === 'voicemail') return 'to your mailbox';
  return `to ${target.kind === 'number' ? target.number || 'a number not given yet' : 'Find Me'}`;
}
