import type { CallSettings, CallSettingsView, User } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import { CornerDownRight, Phone, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { same } from '../../edit/merge-fields.ts';
import { Button, Switch } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Panel, useTitle } from '../../ui/layout.tsx';
import { Path } from '../../ui/path.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import text from '../../ui/text.module.css';
import { type SettingsOwner, settingsQuery } from '../call-settings/call-settings.api.ts';
import { Seconds, SettingsSave } from '../call-settings/call-settings.form.tsx';
import { effectiveWith, effectiveWords, inherited, shownValue, withSetting } from '../call-settings/effective.ts';
import { ForwardControl } from '../call-settings/forward-control.tsx';
import type { SettingKey } from '../call-settings/settings-words.ts';
import { type SettingsDraft, useSettingsDraft } from '../call-settings/use-settings-draft.ts';
import { userQuery } from '../users/users.api.ts';
import { callsNow } from './calls-now.ts';
import styles from './self-service.module.css';

export function MyCallsPage() {
  const { session } = useRouteContext({ from: '/my' });
  useTitle('My calls');
  const owner: SettingsOwner = { layer: 'user', id: session.userId };
  const user = useQuery({ ...userQuery(session.userId), enabled: session.userId !== '' });
  const settings = useQuery({ ...settingsQuery(owner), enabled: session.userId !== '' });
  return (
    <>
      <h1>My calls</h1>
      {session.userId ? (
        <QueryState query={user}>{(me) => <QueryState query={settings}>{(view) => <MyCalls user={me} owner={owner} view={view} />}</QueryState>}</QueryState>
      ) : (
        <Empty icon={UserX} title="This account has no number">
          Ask: administrator. An account is linked to a user, and the user owns numbers.
        </Empty>
      )}
    </>
  );
}

function MyCalls({ user, owner, view }: { readonly user: User; readonly owner: SettingsOwner; readonly view: CallSettingsView }) {
  const settings = useSettingsDraft(owner, view, { user: 'you', site: 'your site', tenant: 'your company', system: 'the system' });
  const { draft } = settings;
  const numbers = user.numbers.map((each) => each.number).join(', ');
  const steps = callsNow(view, draft.value);
  const isForwarding = draft.base.value.forwardAll !== undefined && draft.base.value.forwardAll.kind !== 'off';
  return (
    <>
      <section className={styles.now} aria-labelledby="now">
        <h2 id="now" className={text.muted}>
          Calls to {numbers || 'you'} {draft.dirty ? 'once saved' : 'now'}
        </h2>
        <Path label="Where calls go" stops={steps.map((step, at) => ({ key: String(at), kind: step.later ? 'later' : 'end', icon: step.later ? CornerDownRight : Phone, title: step.later ? step.text : <b>{step.text}</b>, why: step.why }))} />
        {isForwarding && !draft.dirty ? <Button onClick={() => draft.change(withSetting(draft.value, 'forwardAll', { kind: 'off' }))}>Stop forwarding</Button> : null}
      </section>
      <Panel title="Where calls go">
        <ul className={styles.settings}>
          <Forward settings={settings} view={view} setting="forwardAll" label="Forward all calls" sentence="Forward all calls" />
          <Forward settings={settings} view={view} setting="forwardOnNoAnswer" label="If I do not answer" sentence="If I do not answer" />
          <Row settings={settings} view={view} setting="noAnswerTimeoutSeconds" sentence="How long my phone rings">
            <Seconds label="How long my phone rings" value={Number(effectiveWith(view, draft.value, 'noAnswerTimeoutSeconds', 'user').value)} dirty={!same(draft.base.value.noAnswerTimeoutSeconds, draft.value.noAnswerTimeoutSeconds)} onChange={(seconds) => draft.change(withSetting(draft.value, 'noAnswerTimeoutSeconds', seconds))} />
          </Row>
          <Forward settings={settings} view={view} setting="forwardOnBusy" label="If I am on a call" sentence="If I am on a call" />
          <Toggle settings={settings} view={view} setting="callWaiting" sentence="Let a second call ring" />
          <Toggle settings={settings} view={view} setting="rejectOnNotReady" sentence="Refuse calls while I am not ready" />
        </ul>
      </Panel>
      <SaveSlot>
        <SettingsSave subject="Your call settings were" settings={settings} />
      </SaveSlot>
    </>
  );
}

interface RowProps {
  readonly settings: SettingsDraft;
  readonly view: CallSettingsView;
  readonly setting: SettingKey;
  readonly sentence: string;
}

function Forward({ label, ...row }: RowProps & { readonly label: string; readonly setting: 'forwardAll' | 'forwardOnNoAnswer' | 'forwardOnBusy' }) {
  const { settings, view, setting } = row;
  const { draft } = settings;
  const value = shownValue(setting, effectiveWith(view, draft.value, setting, 'user'));
  if (typeof value !== 'object') return null;
  return (
    <Row {...row}>
      <ForwardControl label={label} value={value} dirty={!same(draft.base.value[setting], draft.value[setting])} error={settings.errors[setting]} onChange={(next) => draft.change(withSetting(draft.value, setting, next))} />
    </Row>
  );
}

function Toggle(row: RowProps) {
  const { settings, view, setting, sentence } = row;
  const { value } = effectiveWith(view, settings.draft.value, setting, 'user');
  return (
    <Row {...row}>
      <Switch label={sentence} checked={value === true} onChange={(checked) => settings.draft.change(withSetting(settings.draft.value, setting, checked))} />
    </Row>
  );
}

/** "Follows your company: off" instead of the ladder, and the way back to following. */
function Row({ settings, view, setting, sentence, children }: RowProps & { readonly children: ReactNode }) {
  const { draft } = settings;
  const above = inherited(view, setting, 'user');
  const follow = `your company: ${words(effectiveWords(setting, above))}`;
  return (
    <li>
      <div className={styles.label}>
        {sentence}
        {isOwn(draft.value, setting) ? (
          <p>
            <button type="button" aria-label={`${sentence}: follow ${follow}`} onClick={() => draft.change(withSetting(draft.value, setting, undefined))}>
              Follow {follow}
            </button>
          </p>
        ) : (
          <p>Follows {follow}</p>
        )}
      </div>
      {children}
    </li>
  );
}

function isOwn(value: CallSettings, setting: SettingKey): boolean {
  return value[setting] !== undefined;
}

/** In the middle of a sentence. */
function words(value: string): string {
  return value.charAt(0).toLowerCase() + value.slice(1);
}
