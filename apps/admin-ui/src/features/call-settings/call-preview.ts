import type { EffectiveSetting } from './effective.ts';
import type { ForwardTarget } from '@sfs/rest-contract';
import type { SettingKey } from './settings-words.ts';

export interface PreviewStep {
  readonly key: string;
  readonly kind: 'passed' | 'key' | 'end' | 'refused' | 'later';
  readonly text: string;
  readonly why?: string;
}

type Effective = Readonly<Record<SettingKey, Pick<EffectiveSetting, 'value'>>>;

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
  steps.push(later('busy', 'Busy', effective.forwardOnBusy.value as ForwardTarget), later('no-answer', 'No answer', effective.forwardOnNoAnswer.value as ForwardTarget));
  return steps;
}

function later(key: string, when: string, target: ForwardTarget): PreviewStep {
  if (target.kind === 'off') return { key, kind: 'later', text: `${when}: the call ends`, why: 'a mailbox takes a message where nothing is set' };
  return { key, kind: 'later', text: forwardWords(`${when}:`, target) };
}

function forwardWords(lead: string, target: ForwardTarget): string {
  if (target.kind === 'voicemail') return `${lead} to voicemail`;
  return `${lead} ${target.kind === 'number' ? `to ${target.number || 'a number not given yet'}` : 'Find Me'}`;
}
