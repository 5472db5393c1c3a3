import type { Mailbox } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound, LockOpen } from 'lucide-react';
import { wordsOf } from '../../api/problem-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/controls.tsx';
import { clock } from '../../ui/formats.ts';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { Secret } from '../../ui/secret.tsx';
import { resetPin, unlockMailbox } from './voicemail.api.ts';
import { isLocked } from './voicemail-words.ts';

/** The PIN is never shown again, so the only way to know one is to make a new one. */
export function PinPanel({ mailbox, own = false }: { readonly mailbox: Mailbox; readonly own?: boolean }) {
  const client = useQueryClient();
  const refresh = () => {
    for (const queryKey of [['mailbox', mailbox.number], ['mailboxes'], ['changes']]) void client.invalidateQueries({ queryKey });
  };
  const reset = useMutation({ mutationFn: () => resetPin(mailbox.number), onSuccess: refresh });
  const unlock = useMutation({
    mutationFn: () => unlockMailbox(mailbox.number),
    onSuccess: () => {
      announce(`Mailbox ${mailbox.number} is open again`);
      refresh();
    },
  });
  const fault = reset.error ?? unlock.error;
  return (
    <Panel title="PIN">
      <div className={`${layout.body} ${layout.stack}`}>
        {isLocked(mailbox.lockedUntil, Date.now()) ? (
          <Note
            kind="warn"
            action={
              <Button small disabled={unlock.isPending} onClick={() => unlock.mutate()}>
                <LockOpen aria-hidden /> Unlock now
              </Button>
            }
          >
            <b>Locked after wrong PINs.</b> It opens by itself at {clock(mailbox.lockedUntil ?? '').slice(0, 5)}. Until then no PIN is taken by phone, not even the right one.
          </Note>
        ) : null}
        <p>
          {mailbox.pinMustChange ? 'A one-time PIN is set: the next log-in by phone asks for a new one.' : own ? 'You have chosen your own PIN; nobody can look it up.' : 'Its owner has chosen a PIN; nobody can look it up.'} Resetting gives a new one-time PIN and opens the lock.
        </p>
        <div>
          <Button disabled={reset.isPending} onClick={() => reset.mutate()}>
            <KeyRound aria-hidden /> Reset PIN
          </Button>
        </div>
        {fault ? (
          <Note kind="bad" alert>
            <b>{wordsOf(fault).what}</b> {wordsOf(fault).next}
          </Note>
        ) : null}
        {reset.data ? (
          <Secret what={`One-time PIN of mailbox ${mailbox.number}.`} value={reset.data.oneTimePin}>
            The PIN before no longer works.
          </Secret>
        ) : null}
      </div>
    </Panel>
  );
}
