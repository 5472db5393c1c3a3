import type { User } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, Voicemail } from 'lucide-react';
import { buttonClass } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { State } from '../../ui/state.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { mailboxesOfUserQuery } from '../voicemail/voicemail.api.ts';
import { newOf, stateOf } from '../voicemail/voicemail-words.ts';

const HEAD = [{ key: 'number', label: 'Mailbox' }, { key: 'messages', label: 'Messages' }, { key: 'use', label: 'Use', from: 'second' }, { key: 'state', label: 'State', right: true }] as const;

/** The mailboxes of one user; calls use the first. */
export function UserMailboxes({ user }: { readonly user: User }) {
  const mailboxes = useQuery(mailboxesOfUserQuery(user.id));
  const add = (
    <Link to="/voicemail/new" search={{ user: user.id }} className={buttonClass({ small: true })}>
      <Plus aria-hidden /> New mailbox
    </Link>
  );
  return (
    <div className={layout.stack}>
      <Panel title="Voicemail" aside={add}>
        <QueryState query={mailboxes}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon={Voicemail} title="No mailbox yet">
                When {user.displayName} does not answer, the call ends. With a mailbox the caller can leave a message.
              </Empty>
            ) : (
              <Table label="Mailboxes of this user" head={HEAD}>
                {items.map((mailbox, at) => {
                  const state = stateOf(mailbox, Date.now());
                  return (
                    <tr key={mailbox.number}>
                      <td data-c="a">
                        <Link to="/voicemail/$number" params={{ number: mailbox.number }} className={`${table.name} ${text.dn}`}>
                          {mailbox.number}
                        </Link>
                      </td>
                      <td data-c="b" className={text.num}>
                        {mailbox.counts.new + mailbox.counts.old === 0 ? <span className={text.faint}>none</span> : newOf(mailbox)}
                      </td>
                      <td className={table.second}>{at === 0 ? 'Takes unanswered calls' : <span className={text.faint}>Only when called itself</span>}</td>
                      <td data-c="c" className={table.right}>
                        <State kind={state.kind}>{state.words}</State>
                      </td>
                    </tr>
                  );
                })}
              </Table>
            )
          }
        </QueryState>
      </Panel>
    </div>
  );
}
