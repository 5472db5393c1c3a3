import type { Mailbox } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Plus, SearchX, Voicemail } from 'lucide-react';
import { Button, buttonClass, SearchField } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { count } from '../../ui/formats.ts';
import { layout, PageHead } from '../../ui/layout.tsx';
import { Pager } from '../../ui/pager.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { State } from '../../ui/state.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { useTypedSearch } from '../../ui/use-typed-search.ts';
import { mailboxesQuery } from './voicemail.api.ts';
import { lampWords, newOf, stateOf } from './voicemail-words.ts';

const HEAD = [
  { key: 'number', label: 'Mailbox' },
  { key: 'owner', label: 'Belongs to' },
  { key: 'messages', label: 'Messages' },
  { key: 'lamp', label: 'Lamp', from: 'second' },
  { key: 'state', label: 'State' },
] as const;

export function MailboxesPage() {
  const { q = '', page } = useSearch({ from: '/app/voicemail' });
  const { typed, type } = useTypedSearch(q);
  const mailboxes = useQuery(mailboxesQuery(q, page));
  useRowKeys();
  const create = (
    <Link to="/voicemail/new" className={buttonClass({ look: 'primary' })}>
      <Plus aria-hidden /> New mailbox
    </Link>
  );
  return (
    <>
      <PageHead title="Voicemail" sub="Mailboxes, their messages, and whether the lamp on the phone is right. All sites." actions={create} />
      <div className={layout.bar} role="search">
        <SearchField label="Search mailboxes" className={layout.barSearch} placeholder="Begins with" inputMode="numeric" value={typed} onChange={(event) => type(event.target.value)} />
      </div>
      <QueryState query={mailboxes} rows={8}>
        {({ items, nextPageToken }) =>
          items.length === 0 ? (
            q ? (
              <Empty icon={SearchX} title={`No mailbox begins with “${q}”`} actions={<Button onClick={() => type('')}>Clear search</Button>}>
                Mailboxes are found by the beginning of their number.
              </Empty>
            ) : (
              <Empty icon={Voicemail} title="No mailboxes yet" actions={create}>
                A mailbox takes a message when its owner does not answer, and lights the lamp on the phone. Until there is one, unanswered calls end.
              </Empty>
            )
          ) : (
            <>
              <div className={table.top}>
                <Table label="Mailboxes" head={HEAD} busy={mailboxes.isFetching}>
                  {items.map((mailbox) => (
                    <Row key={mailbox.number} mailbox={mailbox} />
                  ))}
                </Table>
              </div>
              <Pager summary={count(items.length, 'mailbox', 'mailboxes')} page={page} next={nextPageToken} />
            </>
          )
        }
      </QueryState>
    </>
  );
}

function Row({ mailbox }: { readonly mailbox: Mailbox }) {
  const { number, owner, counts } = mailbox;
  const state = stateOf(mailbox, Date.now());
  const lamp = lampWords(mailbox.lamp);
  return (
    <tr>
      <td data-c="a">
        <Link to="/voicemail/$number" params={{ number }} className={`${table.name} ${text.dn}`} data-row-link>
          {number}
        </Link>
      </td>
      <td data-c="c">
        <OwnerLink owner={owner} />
      </td>
      <td data-c="b" className={`${text.num} ${counts.new > 0 ? text.medium : ''}`}>
        {counts.new + counts.old === 0 ? <span className={text.faint}>none</span> : newOf(mailbox)}
      </td>
      <td className={table.second}>
        <State kind={lamp.kind}>{lamp.words}</State>
      </td>
      <td data-c="d">
        <State kind={state.kind}>{state.words}</State>
      </td>
    </tr>
  );
}

export function OwnerLink({ owner }: { readonly owner: Mailbox['owner'] }) {
  if (!owner) return <span className={text.faint}>nobody</span>;
  return (
    <Link to="/users/$id" params={{ id: owner.userId }} className={table.above}>
      {owner.displayName}
    </Link>
  );
}
