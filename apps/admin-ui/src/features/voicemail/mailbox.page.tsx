import type { Mailbox } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ChevronRight, KeyRound } from 'lucide-react';
import type { ComponentType } from 'react';
import { buttonClass } from '../../ui/controls.tsx';
import { layout, PageHead } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { State } from '../../ui/state.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import text from '../../ui/text.module.css';
import { AccessTab } from './access-tab.tsx';
import { DeletedMessages } from './deleted-messages.tsx';
import { GreetingsTab } from './greetings-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { MailboxAside } from './mailbox-aside.tsx';
import styles from './mailbox.module.css';
import { MessagesTab } from './messages-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';
import { mailboxQuery } from './voicemail.api.ts';
import { newOf, stateOf } from './voicemail-words.ts';

interface Tab {
  readonly id: string;
  readonly label: string;
  readonly content: ComponentType<{ readonly mailbox: Mailbox }>;
  readonly count?: (mailbox: Mailbox) => string;
}

const TABS: readonly [Tab, ...Tab[]] = [
  { id: 'messages', label: 'Messages', content: MessagesTab, count: newOf },
  { id: 'greetings', label: 'Greetings', content: GreetingsTab, count: ({ greetings }) => String(greetings.length) },
  { id: 'settings', label: 'Settings', content: SettingsTab },
  { id: 'access', label: 'Access', content: AccessTab },
  { id: 'deleted', label: 'Deleted', content: ({ mailbox }) => <DeletedMessages number={mailbox.number} />, count: ({ counts }) => String(counts.deleted) },
  { id: 'history', label: 'History', content: HistoryTab },
];

export function MailboxPage() {
  const { number } = useParams({ from: '/app/voicemail/$number' });
  const mailbox = useQuery(mailboxQuery(number));
  return (
    <QueryState query={mailbox} rows={8} back={<Link to="/voicemail" className={buttonClass()}>All mailboxes</Link>}>
      {(data) => <Detail key={data.number} mailbox={data} />}
    </QueryState>
  );
}

function Detail({ mailbox }: { readonly mailbox: Mailbox }) {
  const { tab: asked } = useSearch({ from: '/app/voicemail/$number' });
  const current = TABS.find(({ id }) => id === asked) ?? TABS[0];
  const state = stateOf(mailbox, Date.now());
  const Content = current.content;
  return (
    <>
      <PageHead
        title={`Mailbox ${mailbox.number}`}
        crumb={
          <>
            <Link to="/voicemail">Voicemail</Link>
            <ChevronRight aria-hidden />
            <span>{mailbox.number}</span>
          </>
        }
        beside={
          <>
            <State kind={state.kind}>{state.words}</State>
            <Owner owner={mailbox.owner} />
          </>
        }
        actions={
          <Link to="." search={toTab('access')} className={buttonClass()}>
            <KeyRound aria-hidden /> PIN and access
          </Link>
        }
      />
      <TabBar className={styles.tabs} label="Mailbox">
        {TABS.map(({ id, label, count }) => (
          <Link key={id} to="." search={toTab(id)} aria-current={id === current.id ? 'true' : undefined} activeProps={{}} activeOptions={{ exact: true, explicitUndefined: true }}>
            {label}
            {count ? <span className={layout.count}>{count(mailbox)}</span> : null}
          </Link>
        ))}
      </TabBar>
      <div className={styles.cols}>
        <div className={styles.main}>
          <Content mailbox={mailbox} />
        </div>
        <MailboxAside mailbox={mailbox} settingsToo={current.id !== 'settings'} />
      </div>
      <div id="save-bar" style={{ display: 'contents' }} />
    </>
  );
}

export function toTab(id: string) {
  return (before: Record<string, unknown>) => ({ ...before, tab: id === 'messages' ? undefined : id });
}

function Owner({ owner }: { readonly owner: Mailbox['owner'] }) {
  if (!owner) return <span className={text.muted}>belongs to nobody</span>;
  return (
    <span className={text.muted}>
      of{' '}
      <Link to="/users/$id" params={{ id: owner.userId }}>
        {owner.displayName}
      </Link>
    </span>
  );
}
