import { type Result, fail, ok, parseDn, stripSeparators } from '@sfs/kernel';
import type { CallSettings, ForwardTarget, SettingName } from './call-settings.ts';

/** One fault of what was typed: which setting, what is wrong, what to do. `code` is stable and public. */
export interface CallSettingsIssue {
  readonly code:
    | 'call-settings/bad-number'
    | 'call-settings/forward-to-self'
    | 'call-settings/find-me-not-available'
    | 'call-settings/bad-timeout';
  readonly field: SettingName;
  readonly message: string;
  readonly remedy: string;
}

export const NO_ANSWER_SECONDS = { min: 5, max: 60, step: 5 } as const;

type ForwardName = 'forwardAll' | 'forwardOnNoAnswer' | 'forwardOnBusy';

const FORWARDS: readonly { readonly field: ForwardName; readonly words: string }[] = [
  { field: 'forwardAll', words: 'Forward all calls' },
  { field: 'forwardOnNoAnswer', words: 'Forward on no answer' },
  { field: 'forwardOnBusy', words: 'Forward on busy' },
];

/** Checks one layer; reports every fault at once. `ownNumbers` are the DNs of the user (empty for tenant and site). Numbers come back without visual separators. */
export function checkCallSettings(
  settings: CallSettings,
  { ownNumbers }: { readonly ownNumbers: readonly string[] },
): Result<CallSettings, readonly CallSettingsIssue[]> {
  const issues: CallSettingsIssue[] = [];
  const own = new Set(ownNumbers.map(stripSeparators));
  const checked: { -readonly [K in keyof CallSettings]: CallSettings[K] } = { ...settings };
  for (const { field, words } of FORWARDS) {
    const target = settings[field];
    if (target === undefined) continue;
    const result = checkTarget(target, { field, words, own });
    if (result.ok) checked[field] = result.value;
    else issues.push(result.error);
  }
  const timeout = settings.noAnswerTimeoutSeconds;
  if (timeout !== undefined && !isTimeout(timeout)) issues.push(badTimeout());
  return issues.length === 0 ? ok(checked) : fail(issues);
}

function checkTarget(
  target: ForwardTarget,
  where: { readonly field: ForwardName; readonly words: string; readonly own: ReadonlySet<string> },
): Result<ForwardTarget, CallSettingsIssue> {
  const { field, words, own } = where;
  if (target.kind === 'off' || target.kind === 'voicemail') return ok({ kind: target.kind });
  if (target.kind === 'find-me') {
    return fail({
      code: 'call-settings/find-me-not-available',
      field,
      message: `${words} cannot go to Find Me Follow Me yet.`,
      remedy: 'Choose a number, or off.',
    });
  }
  const number = stripSeparators(target.number);
  const dn = parseDn(number);
  if (!dn.ok) {
    return fail({
      code: 'call-settings/bad-number',
      field,
      message: `${words}: ${dn.error}.`,
      remedy: 'Type the number as it would be dialled, for example 1003 or +493012345.',
    });
  }
  if (own.has(number)) {
    return fail({
      code: 'call-settings/forward-to-self',
      field,
      message: `${words} goes to ${number}, which is a number of the same user.`,
      remedy: 'Choose another number, or off.',
    });
  }
  return ok({ kind: 'number', number });
}

const isTimeout = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= NO_ANSWER_SECONDS.min && seconds <= NO_ANSWER_SECONDS.max && seconds % NO_ANSWER_SECONDS.step === 0;

const badTimeout = (): CallSettingsIssue => ({
  code: 'call-settings/bad-timeout',
  field: 'noAnswerTimeoutSeconds',
  message: `The no-answer timeout is ${NO_ANSWER_SECONDS.min} to ${NO_ANSWER_SECONDS.max} seconds in steps of ${NO_ANSWER_SECONDS.step}.`,
  remedy: 'Choose one of 5, 10, 15 … 60.',
});
