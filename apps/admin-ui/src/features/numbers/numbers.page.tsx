import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Hash, Plus, SearchX, ServerCog } from 'lucide-react';
import { useScope } from '../../shell/scope.ts';
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
import { When } from '../../ui/when.tsx';
import { numbersQuery } from './numbers.api.ts';
import { OwnerName } from './owner-name.tsx';

const HEAD = [
  { key: 'number', label: 'Number' },
  { key: 'owner', label: 'Belongs to' },
  { key: 'password', label: 'Phone may register' },
  { key: 'changed', label: 'Changed', right: true },
] as const;

export function NumbersPage() {
  const { q = '', page } = useSearch({ from: '/app/numbers' });
  const { switchId, settled } = useScope();
  const { typed, type } = useTypedSearch(q);
  const numbers = useQuery(numbersQuery(switchId, q, page));
  useRowKeys();
  const create = (
    <Link to="/numbers/new" className={buttonClass({ look: 'primary' })}>
      <Plus aria-hidden /> New number
    </Link>
  );
  if (settled && !switchId)
    return (
      <>
        <PageHead title="Numbers" />
        <NoSwitch />
      </>
    );
  return (
    <>
      <PageHead title="Numbers" sub={`Of switch ${switchId}: who owns each, and whether a phone may register with it.`} actions={create} />
      <div className={layout.bar} role="search">
        <SearchField label="Search numbers" className={layout.barSearch} placeholder="Begins with" inputMode="tel" value={typed} onChange={(event) => type(event.target.value)} />
      </div>
      <QueryState query={numbers} rows={8}>
        {({ items, nextPageToken }) =>
          items.length === 0 ? (
            q ? (
              <Empty icon={SearchX} title={`No number of ${switchId} begins with “${q}”`} actions={<Button onClick={() => type('')}>Clear search</Button>}>
                It is free: a new number can take it.
              </Empty>
            ) : (
              <Empty icon={Hash} title="No numbers yet" actions={create}>
                A number makes a user reachable and lets a phone register. Until there is one, nobody can be called on {switchId}.
              </Empty>
            )
          ) : (
            <>
              <div className={table.top}>
                <Table label="Numbers" head={HEAD} busy={numbers.isFetching}>
                  {items.map((each) => (
                    <tr key={each.number}>
                      <td data-c="a">
                        <Link to="/numbers/$switchId/$number" params={{ switchId: each.switchId, number: each.number }} className={`${table.name} ${text.dn}`} data-row-link>
                          {each.number}
                        </Link>
                      </td>
                      <td data-c="c">
                        <OwnerName userId={each.userId} />
                      </td>
                      <td data-c="b">{each.hasSipPassword ? <State kind="ok">Password set</State> : <State kind="off">No password</State>}</td>
                      <td data-c="d" className={`${table.right} ${text.faint}`}>
                        <When iso={each.meta.changedAt} />
                      </td>
                    </tr>
                  ))}
                </Table>
              </div>
              <Pager summary={count(items.length, 'number')} page={page} next={nextPageToken} />
            </>
          )
        }
      </QueryState>
    </>
  );
}

export function NoSwitch() {
  return (
    <Empty
      icon={ServerCog}
      title="No switch yet"
      actions={
        <Link to="/system" search={{ tab: 'switches' }} className={buttonClass({ look: 'primary' })}>
          Add a switch
        </Link>
      }
    >
      A switch is one SIP server with its numbers and its dial plan. Everything else belongs to one.
    </Empty>
  );
}
