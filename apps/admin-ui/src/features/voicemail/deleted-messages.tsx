import type { VoiceMessage } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2, Undo2 } from 'lucide-react';
import { wordsOf } from '../../api/problem-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout, Note } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { MessageHead } from './message-row.tsx';
import styles from './messages.module.css';
import { messagesQuery, restoreMessage } from './voicemail.api.ts';
import { callerOf, duration } from './voicemail-words.ts';

/** What was deleted here or by phone; each can be taken back. */
export function DeletedMessages({ number }: { readonly number: string }) {
  const client = useQueryClient();
  const messages = useQuery(messagesQuery(number, 'deleted'));
  const restore = useMutation({
    mutationFn: (message: VoiceMessage) => restoreMessage(message),
    onSuccess: (message) => announce(`The message from ${callerOf(message)} is back`),
    onSettled: () => {
      for (const queryKey of [['mailbox', number], ['mailboxes']]) void client.invalidateQueries({ queryKey });
    },
  });
  return (
    <QueryState query={messages}>
      {(items) => (
        <>
          {restore.error ? (
            <div className={layout.pad}>
              <Note kind="bad" alert>
                <b>{wordsOf(restore.error).what}</b> {wordsOf(restore.error).next}
              </Note>
            </div>
          ) : null}
          {items.length === 0 ? (
            <Empty icon={Trash2} title="Nothing is deleted">
              What is deleted by phone or here waits in this list and can be taken back.
            </Empty>
          ) : (
            <ul className={styles.list} aria-label="Deleted messages">
              {items.map((message) => (
                <li key={message.id} className={styles.item}>
                  <div className={`${styles.row} ${styles.plain}`}>
                    <MessageHead message={message} />
                    <span className={styles.length}>{duration(message.durationMs)}</span>
                    <Button small disabled={restore.isPending} aria-label={`Restore the message from ${callerOf(message)}`} onClick={() => restore.mutate(message)}>
                      <Undo2 aria-hidden /> Restore
                    </Button>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </QueryState>
  );
}
