import type { Mailbox } from '@sfs/rest-contract';
import { Link, useRouteContext } from '@tanstack/react-router';
import { layout, Note } from '../../ui/layout.tsx';
import { MessageList } from './message-list.tsx';

/** An administrator listens only where the mailbox allows it, and is told what is kept of it. */
export function MessagesTab({ mailbox }: { readonly mailbox: Mailbox }) {
  const { session } = useRouteContext({ from: '/app' });
  const isOwn = session.userId !== '' && mailbox.owner?.userId === session.userId;
  const mayListen = isOwn || mailbox.effective.administratorMayListen.value;
  return (
    <>
      {mayListen || mailbox.counts.new + mailbox.counts.old === 0 ? null : (
        <div className={layout.pad}>
          <Note>
            <b>Only the owner may listen.</b> Who called, and when, is shown to administrators; what was said is not.{' '}
            <Link to="." search={(before: Record<string, unknown>) => ({ ...before, tab: 'settings' })}>
              Administrators may listen
            </Link>{' '}
            is off for this mailbox.
          </Note>
        </div>
      )}
      <MessageList number={mailbox.number} listening={mayListen && !isOwn ? 'That you listened is kept in the history.' : undefined} empty={mailbox.owner ? `When ${mailbox.owner.displayName} does not answer, callers leave their messages here.` : 'It belongs to nobody, so no call leads here. Give it to a user under Access.'} />
    </>
  );
}
