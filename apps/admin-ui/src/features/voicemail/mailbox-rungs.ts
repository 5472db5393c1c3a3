import type { Mailbox, MailboxSettings } from '@sfs/rest-contract';
import type { Rung } from '../../ui/ladder.tsx';
import { type SettingKey, settingWords } from './voicemail-words.ts';

type Value = MailboxSettings[SettingKey];

const NAMES: Readonly<Record<string, string>> = { system: 'System', tenant: 'Tenant', site: 'Site', user: 'User', mailbox: 'This mailbox' };

/** What the setting is once this draft is saved, and what it goes back to when it follows again. */
export function effectiveWith(mailbox: Pick<Mailbox, 'effective'>, draft: MailboxSettings, key: SettingKey): { readonly value: Value; readonly inherited: Value } {
  const above = mailbox.effective[key].layers.findLast(({ layer, value }) => layer !== 'mailbox' && value !== undefined);
  return { value: draft[key] ?? above?.value, inherited: above?.value };
}

export function rungsOf(mailbox: Pick<Mailbox, 'effective'>, draft: MailboxSettings, key: SettingKey): readonly Rung[] {
  const layers = mailbox.effective[key].layers.map(({ layer, value }): { layer: string; value: Value } => ({ layer, value: layer === 'mailbox' ? draft[key] : value }));
  const winner = layers.findLast(({ value }) => value !== undefined)?.layer;
  return layers.map(({ layer, value }) => ({ layer, name: NAMES[layer] ?? layer, set: value !== undefined, wins: layer === winner, words: settingWords(key, value) }));
}

/** An unset key must be absent, not undefined: a PUT replaces all. */
export function withSetting(draft: MailboxSettings, key: SettingKey, value: Value): MailboxSettings {
  const { [key]: _, ...rest } = draft;
  return value === undefined ? rest : { ...rest, [key]: value };
}
