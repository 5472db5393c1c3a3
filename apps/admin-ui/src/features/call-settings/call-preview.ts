import type { ForwardTarget } from '@sfs/rest-contract';
import { type EffectiveSetting, leadsToMailbox } from './effective.ts';
import type { SettingKey } from './settings-words.ts';

export interface PreviewStep {
  readonly key: string;
  readonly kind: 'passed' | 'key' | 'end' | 'refused' | 'later';
  readonly text: string;
  readonly why?: string;
}

type Effective = Readonly<Record<SettingKey, Pick<EffectiveSetting, 'value' | 'origin'>>>;

/** What the settings alone make of a call, in the order they are asked; the tester asks the engine. */
export function previewCall(number: string, effective: Effective): readonly PreviewStep[] {
  const all = effective.forwardAll.value as ForwardTarget;
  const reject = effective.rejectOnNotReady.value === true;
  const steps: PreviewStep[] = [{ key: 'ready', kind: 'passed', text: reject ? 'Not Ready is refused' : 'Not Ready is ignored' }];
  if (all.kind !== 'off') {
    steps.push({ key: 'all', kind: 'end', text: forwardWords('Forward all', all), why: `with the rights of ${number}` });
    return steps;
  }
  steps.push({ key: 'all', kind: 'passed', text: 'Forward all: off' });
  steps.push({ key: 'ring', kind: 'end', text: `Ring ${number} for ${String(effective.noAnswerTimeoutSeconds.value)} s`, why: effective.callWaiting.value === true ? 'also while on a call' : 'on a call counts as busy' });
  const later = (key: string, when: string, setting: 'forwardOnBusy' | 'forwardOnNoAnswer'): PreviewStep => ({ key, kind: 'later', text: laterWords(when, setting, effective[setting]) });
  return [...steps, later('busy', 'Busy', 'forwardOnBusy'), later('no-answer', 'No answer', 'forwardOnNoAnswer')];
}

function laterWords(when: string, key: SettingKey, setting: Effective[SettingKey]): string {
  if (leadsToMailbox(key, setting)) return `${when}: to the own mailbox when there is one`;
  const target = setting.value as ForwardTarget;
  return target.kind === 'off' ? `${when}: the call ends` : forwardWords(`${when}:`, target);
}

function forwardWords(lead: string, target: ForwardTarget): string {
  if (target.kind === 'voicemail') return `${lead} to the own mailbox`;
  return `${lead} ${target.kind === 'number' ? `to ${target.number || 'a number not given yet'}` : 'Find Me'}`;
}
