import type { Mailbox } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { isStale, wordsOf } from '../../api/problem-words.ts';
import { useScope } from '../../shell/scope.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/controls.tsx';
import { Dialog, dialogStyles } from '../../ui/dialog.tsx';
import { count } from '../../ui/formats.ts';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { UserPicker } from '../numbers/user-picker.tsx';
import { PinPanel } from './pin-panel.tsx';
import { deleteMailbox, mailboxQuery, setMailboxOwner } from './voicemail.api.ts';

export function AccessTab({ mailbox }: { readonly mailbox: Mailbox }) {
  const [deleting, setDeleting] = useState(false);
  const kept = mailbox.counts.new + mailbox.counts.old;
  return (
    <div className={`${layout.pad} ${layout.stack}`}>
      <PinPanel mailbox={mailbox} />
      <OwnerPanel mailbox={mailbox} />
      <Panel title="Who may listen">
        <div className={layout.body}>
          <p>
            {mailbox.effective.administratorMayListen.value
              ? 'The owner, and administrators: each time an administrator listens is kept in the history of this mailbox.'
              : 'The owner only. Administrators see who called and when, not what was said.'}{' '}
            <Link to="." search={(before: Record<string, unknown>) => ({ ...before, tab: 'settings' })}>
              Change it in Settings
            </Link>
          </p>
        </div>
      </Panel>
      <Panel title="Delete this mailbox">
        <div className={`${layout.body} ${layout.row} ${layout.wrap}`}>
          <p className={layout.grow}>{kept > 0 ? `${count(kept, 'message')} can no longer be heard.` : 'It holds no messages.'} Unanswered calls to its owner end instead.</p>
          <Button look="danger" onClick={() => setDeleting(true)}>
            <Trash2 aria-hidden /> Delete…
          </Button>
        </div>
      </Panel>
      {deleting ? <DeleteDialog mailbox={mailbox} kept={kept} onClose={() => setDeleting(false)} /> : null}
    </div>
  );
}

function OwnerPanel({ mailbox }: { readonly mailbox: Mailbox }) {
  const { switchId } = useScope();
  const client = useQueryClient();
  const [picked, setPicked] = useState('');
  const give = useMutation({
    mutationFn: (userId: string | null) => setMailboxOwner(mailbox.number, userId),
    onSuccess: (next) => {
      client.setQueryData(mailboxQuery(next.number).queryKey, next);
      setPicked('');
      for (const queryKey of [['mailboxes'], ['changes']]) void client.invalidateQueries({ queryKey });
      announce(next.owner ? `Mailbox ${next.number} belongs to ${next.owner.displayName}` : `Mailbox ${next.number} belongs to nobody`);
    },
  });
  return (
    <Panel title="Belongs to">
      <div className={`${layout.body} ${layout.stack}`}>
        <p className={layout.row}>
          {mailbox.owner ? (
            <>
              <Link to="/users/$id" params={{ id: mailbox.owner.userId }}>
                {mailbox.owner.displayName}
              </Link>
              <Button small look="ghost" disabled={give.isPending} onClick={() => give.mutate(null)}>
                Take away
              </Button>
            </>
          ) : (
            <span>Nobody: no call leads here.</span>
          )}
        </p>
        <div className={layout.form}>
          <UserPicker key={mailbox.owner?.userId ?? ''} label={mailbox.owner ? 'Give to somebody else' : 'Give to'} switchId={switchId} onPick={setPicked} />
          <div>
            <Button aria-disabled={!picked || give.isPending || undefined} onClick={() => picked && give.mutate(picked)}>
              Give mailbox
            </Button>
          </div>
        </div>
        {give.error ? (
          <Note kind="bad" alert>
            <b>{wordsOf(give.error).what}</b> {wordsOf(give.error).next}
          </Note>
        ) : null}
      </div>
    </Panel>
  );
}

function DeleteDialog({ mailbox, kept, onClose }: { readonly mailbox: Mailbox; readonly kept: number; readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteMailbox(mailbox),
    onSuccess: async () => {
      announce(`Mailbox ${mailbox.number} is deleted`);
      await navigate({ to: '/voicemail' });
      client.removeQueries({ queryKey: ['mailbox', mailbox.number] });
      void client.invalidateQueries({ queryKey: ['mailboxes'] });
    },
    onError: (error) => {
      if (isStale(error)) void client.invalidateQueries({ queryKey: mailboxQuery(mailbox.number).queryKey });
    },
  });
  const owner = mailbox.owner ? ` ${mailbox.owner.displayName} has it no longer, and unanswered calls end.` : '';
  return (
    <Dialog
      alert
      title={`Delete mailbox ${mailbox.number}?`}
      intro={`${kept > 0 ? `${count(kept, 'message')} and the greetings can no longer be heard.` : 'It holds no messages; greetings and PIN are lost.'}${owner} The history stays.`}
      onClose={onClose}
      foot={
        <span className={dialogStyles.footEnd}>
          <Button onClick={onClose}>Keep</Button>
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            Delete mailbox {mailbox.number}
          </Button>
        </span>
      }
    >
      {remove.error ? (
        <Note kind="bad" alert>
          <b>{isStale(remove.error) ? `Mailbox ${mailbox.number} was changed by someone else.` : wordsOf(remove.error).what}</b> {isStale(remove.error) ? 'Look at it and delete again.' : wordsOf(remove.error).next}
        </Note>
      ) : null}
    </Dialog>
  );
}
