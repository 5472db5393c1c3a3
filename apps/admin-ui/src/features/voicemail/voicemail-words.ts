import type { Mailbox, MailboxSettings, VoiceMessage } from '@sfs/rest-contract';
import type { StateKind } from '../../ui/state.tsx';
import { clock, count } from '../../ui/formats.ts';

export const SETTING_KEYS = ['maxMessages', 'maxMessageSeconds', 'timeZone', 'administratorMayListen'] as const satisfies readonly (keyof MailboxSettings)[];
export type SettingKey = (typeof SETTING_KEYS)[number];

export const SETTING_LABELS: Readonly<Record<SettingKey, string>> = {
  maxMessages: 'Messages at most',
  maxMessageSeconds: 'Longest message',
  timeZone: 'Time zone',
  administratorMayListen: 'Administrators may listen',
};

export const SETTING_HINTS: Readonly<Record<SettingKey, string>> = {
  maxMessages: 'New and heard ones together. When it is full, callers are told before the tone.',
  maxMessageSeconds: 'Then the recording ends and is kept.',
  timeZone: 'In which the menu says when a message came.',
  administratorMayListen: 'Off: nobody but the owner hears a message. On: administrators too, and each time is kept in the history.',
};

export function settingWords(key: SettingKey, value: MailboxSettings[SettingKey]): string {
  if (value === undefined) return 'not set';
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  return key === 'maxMessageSeconds' && typeof value === 'number' ? duration(value * 1000) : String(value);
}

/** `0:42`, `12:05` */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

type Caller = Pick<VoiceMessage, 'fromName' | 'fromNumber'>;

export function callerOf({ fromName, fromNumber }: Caller): string {
  return fromName || fromNumber || 'Number withheld';
}

const REASONS: Readonly<Record<string, string>> = {
  'no-answer': 'no answer',
  busy: 'on another call',
  unreachable: 'phone not reachable',
  all: 'all calls forwarded',
  direct: 'called voicemail directly',
};

/** Beneath the name: the number, and why the call came here. */
export function aboutOf({ fromName, fromNumber, reason }: Caller & Pick<VoiceMessage, 'reason'>): string {
  const why = REASONS[reason] ?? reason;
  return fromName !== '' && fromNumber !== '' ? `${fromNumber}, ${why}` : why;
}

/** What is wrong with a recording, in words; '' = nothing. */
export function flawOf({ packetsLost, durationMs }: Pick<VoiceMessage, 'packetsLost' | 'durationMs'>): string {
  if (packetsLost === 0) return '';
  return `${(packetsLost * 0.02).toFixed(1)} s of ${duration(durationMs)} never arrived: silence there.`;
}

export function newOf({ counts }: Pick<Mailbox, 'counts'>): string {
  const all = counts.new + counts.old;
  return counts.new > 0 ? `${counts.new} new of ${all}` : String(all);
}

export function stateOf({ lockedUntil, pinMustChange }: Pick<Mailbox, 'lockedUntil' | 'pinMustChange'>, now: number): { readonly kind: StateKind; readonly words: string } {
  if (isLocked(lockedUntil, now)) return { kind: 'bad', words: `Locked after wrong PINs, opens at ${clock(lockedUntil ?? '').slice(0, 5)}` };
  return pinMustChange ? { kind: 'wait', words: 'One-time PIN not used yet' } : { kind: 'ok', words: 'Active' };
}

export function isLocked(lockedUntil: string | null, now: number): boolean {
  return lockedUntil !== null && Date.parse(lockedUntil) > now;
}

export function lampWords({ lit, phones, toldAt }: Mailbox['lamp']): { readonly kind: StateKind; readonly words: string; readonly proof: string } {
  if (toldAt === null || phones === 0) return { kind: lit ? 'warn' : 'off', words: lit ? 'Should be lit, no phone was told' : 'Dark', proof: 'No phone has taken a notice yet.' };
  return { kind: lit ? 'ok' : 'off', words: `${lit ? 'Lit' : 'Dark'} on ${count(phones, 'phone')}`, proof: phones === 1 ? 'taken by the phone' : `taken by all ${phones}` };
}

/** Room for messages, 0 to 1. */
export function roomOf({ counts, effective }: Pick<Mailbox, 'counts' | 'effective'>): { readonly used: number; readonly most: number; readonly share: number } {
  const used = counts.new + counts.old;
  const most = effective.maxMessages.value;
  return { used, most, share: Math.min(1, used / most) };
}
