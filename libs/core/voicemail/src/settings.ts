import { type Result, fail, ok } from '@sfs/kernel';

export interface SettingValues {
  readonly maxMessages: number;
  readonly maxMessageSeconds: number;
  /** IANA zone */
  readonly timeZone: string;
  readonly administratorMayListen: boolean;
}

type SettingName = keyof SettingValues;

/** What is set for one mailbox; absent = follows System. */
export type MailboxSettings = { readonly [K in SettingName]?: SettingValues[K] | undefined };

export interface EffectiveSetting<T> {
  readonly value: T;
  readonly origin: 'system' | 'mailbox';
  /** weakest first; undefined = not set there */
  readonly layers: readonly { readonly layer: 'system' | 'mailbox'; readonly value: T | undefined }[];
}

export type EffectiveSettings = { readonly [K in SettingName]: EffectiveSetting<SettingValues[K]> };

export interface SettingsIssue {
  readonly code: 'mailboxes/bad-max-messages' | 'mailboxes/bad-max-message-seconds' | 'mailboxes/bad-time-zone';
  readonly field: SettingName;
  readonly message: string;
  readonly remedy: string;
}

/** Built in. 10 messages is the original's default; 180 s is Asterisk's. */
export const SYSTEM_SETTINGS: SettingValues = { maxMessages: 10, maxMessageSeconds: 180, timeZone: 'UTC', administratorMayListen: false };

export const SETTING_LIMITS = { maxMessages: { min: 1, max: 1000 }, maxMessageSeconds: { min: 10, max: 3600 } } as const;

/** The value of every setting and where it comes from. Never fails. */
export function effectiveSettings(set: MailboxSettings): EffectiveSettings {
  return { maxMessages: resolve('maxMessages', set), maxMessageSeconds: resolve('maxMessageSeconds', set), timeZone: resolve('timeZone', set), administratorMayListen: resolve('administratorMayListen', set) };
}

function resolve<K extends SettingName>(name: K, set: MailboxSettings): EffectiveSetting<SettingValues[K]> {
  const system: SettingValues[K] = SYSTEM_SETTINGS[name];
  const own: SettingValues[K] | undefined = set[name];
  return { value: own ?? system, origin: own === undefined ? 'system' : 'mailbox', layers: [{ layer: 'system', value: system }, { layer: 'mailbox', value: own }] };
}

/** The settings as they are, or every fault at once. */
export function checkSettings(set: MailboxSettings): Result<MailboxSettings, readonly SettingsIssue[]> {
  const issues: SettingsIssue[] = [];
  if (!isWithin(set.maxMessages, SETTING_LIMITS.maxMessages)) {
    issues.push({ code: 'mailboxes/bad-max-messages', field: 'maxMessages', message: 'A mailbox holds 1 to 1000 messages.', remedy: 'Choose a whole number from 1 to 1000, or System.' });
  }
  if (!isWithin(set.maxMessageSeconds, SETTING_LIMITS.maxMessageSeconds)) {
    issues.push({ code: 'mailboxes/bad-max-message-seconds', field: 'maxMessageSeconds', message: 'A message lasts 10 to 3600 seconds at most.', remedy: 'Choose a whole number from 10 to 3600, or System.' });
  }
  if (set.timeZone !== undefined && !isTimeZone(set.timeZone)) {
    issues.push({ code: 'mailboxes/bad-time-zone', field: 'timeZone', message: 'This time zone is not known.', remedy: 'Choose an IANA name such as Europe/Berlin or UTC, or System.' });
  }
  return issues.length === 0 ? ok(set) : fail(issues);
}

const isWithin = (value: number | undefined, { min, max }: { readonly min: number; readonly max: number }): boolean => value === undefined || (Number.isInteger(value) && value >= min && value <= max);

/** Names only: offsets such as +02:00 know no summer time. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
