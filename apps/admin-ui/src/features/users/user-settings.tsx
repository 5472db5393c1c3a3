import type { CallSettingsView, User } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ban, CornerDownRight, Phone } from 'lucide-react';
import { siteWords, useScope } from '../../shell/scope.ts';
import { layout } from '../../ui/layout.tsx';
import { Path } from '../../ui/path.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import { type SettingsOwner, settingsQuery } from '../call-settings/call-settings.api.ts';
import { CallSettingsForm, SettingsSave } from '../call-settings/call-settings.form.tsx';
import { previewCall } from '../call-settings/call-preview.ts';
import { effectiveWith } from '../call-settings/effective.ts';
import { SETTING_KEYS, type SettingKey } from '../call-settings/settings-words.ts';
import { useSettingsDraft } from '../call-settings/use-settings-draft.ts';
import { RecentHistory } from './user-history.tsx';

const ICONS = { end: Phone, later: CornerDownRight, refused: Ban, key: CornerDownRight, passed: undefined } as const;

export function UserSettings({ user }: { readonly user: User }) {
  const owner: SettingsOwner = { layer: 'user', id: user.id };
  const settings = useQuery(settingsQuery(owner));
  return <QueryState query={settings}>{(view) => <Loaded user={user} owner={owner} view={view} />}</QueryState>;
}

function Loaded({ user, owner, view }: { readonly user: User; readonly owner: SettingsOwner; readonly view: CallSettingsView }) {
  const { sites } = useScope();
  const site = `Site ${siteWords(user.siteId, sites)}`;
  const settings = useSettingsDraft(owner, view, { site });
  const links = {
    tenant: (
      <Link to="/system" search={{ tab: 'settings' }}>
        Tenant
      </Link>
    ),
    site: (
      <Link to="/system" search={{ tab: 'settings', site: user.siteId }}>
        {site}
      </Link>
    ),
  };
  const number = user.numbers[0]?.number;
  const effective = Object.fromEntries(SETTING_KEYS.map((key) => [key, effectiveWith(view, settings.draft.value, key, 'user')])) as Record<SettingKey, ReturnType<typeof effectiveWith>>;
  return (
    <>
      <CallSettingsForm owner={owner} view={view} names={{ site }} settings={settings} links={links} />
      <aside className={layout.stack} aria-label="What this means">
        <section aria-labelledby="preview">
          <h2 id="preview" style={{ margin: '13px 0 10px' }}>
            A call to {number ?? 'this user'}
            {settings.draft.dirty ? ', as edited' : ''}
          </h2>
          <Path label="What these settings do with a call" stops={previewCall(number ?? 'the number', effective).map((step) => ({ key: step.key, kind: step.kind, icon: ICONS[step.kind], title: step.kind === 'passed' ? step.text : <b>{step.text}</b>, why: step.why }))} />
        </section>
        <RecentHistory user={user} />
      </aside>
      <SaveSlot>
        <SettingsSave subject={`Call settings of ${user.displayName} were`} settings={settings} />
      </SaveSlot>
    </>
  );
}
