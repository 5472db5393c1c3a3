import type { Mailbox } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { wordsOf } from '../../api/problem-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/controls.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { deleteGreeting } from './voicemail.api.ts';
import { duration } from './voicemail-words.ts';

const KINDS = [
  { kind: 'greeting', label: 'Greeting', builtIn: 'The built-in one: asks to leave a message after the tone' },
  { kind: 'name', label: 'Name', builtIn: 'Not recorded: the number is spoken' },
] as const;
const HEAD = [{ key: 'kind', label: 'What callers hear' }, { key: 'length', label: 'Recording' }, { key: 'recorded', label: 'Recorded' }, { key: 'acts', label: 'Actions', right: true }] as const;

/** Recorded by phone; here they can only be taken back. */
export function GreetingsTab({ mailbox }: { readonly mailbox: Mailbox }) {
  const client = useQueryClient();
  const reset = useMutation({
    mutationFn: (kind: 'greeting' | 'name') => deleteGreeting(mailbox.number, kind),
    onSuccess: (_, kind) => {
      announce(kind === 'name' ? 'Callers hear the number again' : 'Callers hear the built-in greeting again');
      for (const queryKey of [['mailbox', mailbox.number], ['changes']]) void client.invalidateQueries({ queryKey });
    },
  });
  return (
    <div className={`${layout.pad} ${layout.stack}`}>
      <Panel title="Greetings">
        <Table label="Greetings" head={HEAD}>
          {KINDS.map(({ kind, label, builtIn }) => {
            const recorded = mailbox.greetings.find((each) => each.kind === kind);
            return (
              <tr key={kind}>
                <td data-c="a" className={text.medium}>
                  {label}
                </td>
                <td data-c="c" className={table.wrap}>
                  {recorded ? <span className={text.num}>Own, {duration(recorded.durationMs)}</span> : <span className={text.muted}>{builtIn}</span>}
                </td>
                <td data-c="d" className={text.faint}>
                  {recorded ? <When iso={recorded.recordedAt} /> : ''}
                </td>
                <td data-c="b" className={table.right}>
                  {recorded ? (
                    <Button small disabled={reset.isPending} aria-label={`Back to the built-in ${label.toLowerCase()}`} onClick={() => reset.mutate(kind)}>
                      <Undo2 aria-hidden /> Built-in
                    </Button>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </Table>
      </Panel>
      {reset.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(reset.error).what}</b> {wordsOf(reset.error).next}
        </Note>
      ) : null}
      <p className={text.hint}>Owners record both by phone: log in to the mailbox, then choose options.</p>
    </div>
  );
}
