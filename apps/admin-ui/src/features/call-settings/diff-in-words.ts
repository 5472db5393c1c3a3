import type { CallSettings, CallSettingsView } from '@sfs/rest-contract';
import { same } from '../../edit/merge-fields.ts';
import type { DiffLine } from '../../ui/save-bar.tsx';
import { effectiveWith, effectiveWords, inherited } from './effective.ts';
import { type LayerName, type LayerNames, layerWords, SETTING_KEYS, SETTING_LABELS } from './settings-words.ts';

/** The unsaved changes as a person would say them, with what each one means for following a layer above. */
export function diffInWords(view: CallSettingsView, saved: CallSettings, draft: CallSettings, own: LayerName, names: LayerNames = {}): readonly DiffLine[] {
  return SETTING_KEYS.flatMap((key) => {
    if (same(saved[key], draft[key])) return [];
    const above = inherited(view, key, own);
    const from = layerWords(above.origin, names);
    const line = { label: SETTING_LABELS[key], was: effectiveWords(key, effectiveWith(view, saved, key, own)), will: effectiveWords(key, effectiveWith(view, draft, key, own)) };
    if (draft[key] === undefined) return [{ ...line, note: `follows ${from} again` }];
    if (saved[key] === undefined) return [{ ...line, note: `no longer follows ${from}` }];
    return [line];
  });
}
