import type { Mailbox } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouteContext, useSearch } from '@tanstack/react-router';
import { UserX, Voicemail } from 'lucide-react';
import { Empty } from '../../ui/empty.tsx';
import { layout, Panel, useTitle } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import text from '../../ui/text.module.css';
import { DeletedMessages } from '../voicemail/deleted-messages.tsx';
import { MessageList } from '../voicemail/message-list.tsx';
import { PinPanel } from '../voicemail/pin-panel.tsx';
import { mailboxesOfUserQuery } from '../voicemail/voicemail.api.ts';
import { newOf } from '../voicemail/voicemail-words.ts';
import styles from './self-service.module.css';

export function MyVoicemailPage() {
  const { session } = useRouteContext({ from: '/my' });
  const mailboxes = useQuery({ ...mailboxesOfUserQuery(session.userId), enabled: session.userId !== '' });
  useTitle('Voicemail');
  return (
    <>
      <h1>Voicemail</h1>
      {session.userId ? (
        <QueryState query={mailboxes}>{(items) => <Boxes items={items} />}</QueryState>
      ) : (
        <Empty icon={UserX} title="This account has no mailbox">
          Ask: administrator. An account is linked to a user, and the user owns mailboxes.
        </Empty>
      )}
    </>
  );
}

function Boxes({ items }: { readonly items: readonly Mailbox[] }) {
  const { box, tab } = useSearch({ from: '/my/voicemail' });
  const mailbox = items.find(({ number }) => number === box) ?? items[0];
  if (!mailbox)
    return (
      <Empty icon={Voicemail} title="You have no mailbox">
        When you do not answer, the call ends. Ask: administrator, who can give you a mailbox.
      </Empty>
    );
  const deleted = tab === 'deleted';
  return (
    <>
      {items.length > 1 ? (
        <nav className={`${layout.tabs} ${styles.boxes}`} aria-label="Mailboxes">
          {items.map(({ number, counts }) => (
            <Link key={number} to="." search={{ box: number }} aria-current={number === mailbox.number ? 'true' : undefined} activeProps={{}}>
              Mailbox {number}
              {counts.new > 0 ? <span className={layout.count}>{counts.new} new</span> : null}
            </Link>
          ))}
        </nav>
      ) : null}
      <Panel
        title={deleted ? 'Deleted' : 'Messages'}
        aside={
          <>
            {deleted ? null : <span className={text.num}>{newOf(mailbox)}</span>}
            <Link to="." search={(before: Record<string, unknown>) => ({ ...before, tab: deleted ? undefined : 'deleted' })}>
              {deleted ? 'Back to messages' : `Deleted ${mailbox.counts.deleted}`}
            </Link>
          </>
        }
      >
        <div className={styles.messages}>
          {deleted ? <DeletedMessages key={mailbox.number} number={mailbox.number} /> : <MessageList key={mailbox.number} number={mailbox.number} empty="When you do not answer, callers can leave you a message here." />}
        </div>
      </Panel>
      <PinPanel key={`pin-${mailbox.number}`} mailbox={mailbox} own />
    </>
  );
}
