import { type CallSettings, callSettings, type CallSettingsView } from '@sfs/rest-contract';
import { useQueryClient } from '@tanstack/react-query';
import { fieldWords } from '../../api/problem-words.ts';
import { type Draft, useDraft } from '../../edit/use-draft.ts';
import type { DiffLine } from '../../ui/save-bar.tsx';
import { readSettings, savedSettings, type SettingsOwner, settingsQuery, settingsThing, writeSettings } from './call-settings.api.ts';
import { diffInWords } from './diff-in-words.ts';
import { inherited } from './effective.ts';
import { type LayerNames, SETTING_KEYS, type SettingKey, settingWords } from './settings-words.ts';

export interface SettingsDraft {
  readonly draft: Draft<CallSettings>;
  readonly lines: readonly DiffLine[];
  readonly errors: Readonly<Partial<Record<SettingKey, string>>>;
  readonly blocked: string | undefined;
  readonly words: (key: SettingKey, value: CallSettings) => string;
}

/** The draft of one layer with its diff in words; refuses with the words of the contract before the server has to. */
export function useSettingsDraft(owner: SettingsOwner, view: CallSettingsView, names: LayerNames): SettingsDraft {
  const client = useQueryClient();
  const remember = (next: CallSettingsView) => {
    client.setQueryData(settingsQuery(owner).queryKey, next);
    void client.invalidateQueries({ queryKey: ['changes'] });
    return savedSettings(next);
  };
  const draft = useDraft<CallSettings>({
    saved: savedSettings(view),
    write: async (value, tag, key) => remember(await writeSettings(owner, value, tag, key)),
    reload: async () => remember(await readSettings(owner)),
    thing: (version) => settingsThing(owner, version),
    undoable: true,
  });
  const errors = { ...serverErrors(draft.error), ...localErrors(draft.value) };
  const lines = diffInWords(view, draft.base.value, draft.value, owner.layer, names);
  const missing = Object.values(localErrors(draft.value))[0];
  const words = (key: SettingKey, value: CallSettings) => (value[key] === undefined ? `follows: ${settingWords(inherited(view, key, owner.layer).value)}` : settingWords(value[key]));
  return { draft, lines, errors, blocked: missing, words };
}

function localErrors(value: CallSettings): Partial<Record<SettingKey, string>> {
  const parsed = callSettings.safeParse(value);
  if (parsed.success) return {};
  const errors: Partial<Record<SettingKey, string>> = {};
  for (const issue of parsed.error.issues) {
    const key = SETTING_KEYS.find((each) => each === issue.path[0]);
    const target = key && value[key];
    const isEmpty = typeof target === 'object' && target.kind === 'number' && target.number === '';
    if (key) errors[key] ??= isEmpty ? 'Enter the number calls go to.' : `${issue.message}.`;
  }
  return errors;
}

function serverErrors(error: unknown): Partial<Record<SettingKey, string>> {
  const found = SETTING_KEYS.map((key) => [key, fieldWords(error, key) ?? fieldWords(error, `${key}.number`)] as const);
  return Object.fromEntries(found.filter(([, words]) => words));
}
