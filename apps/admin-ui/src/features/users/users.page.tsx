import type { User } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, SearchX, UserPlus } from 'lucide-react';
import { siteWords, useScope } from '../../shell/scope.ts';
import { Button, buttonClass, SearchField } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { count } from '../../ui/formats.ts';
import { layout, PageHead } from '../../ui/layout.tsx';
import { Pager } from '../../ui/pager.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { table, Table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { useTypedSearch } from '../../ui/use-typed-search.ts';
import { When } from '../../ui/when.tsx';
import { dialPlanQuery } from '../dial-plan/dial-plan.api.ts';
import { isNumberLike } from './find.api.ts';
import { usersQuery } from './users.api.ts';

const HEAD = [
  { key: 'name', label: 'Name' },
  { key: 'number', label: 'Number' },
  { key: 'profile', label: 'Calling profile', from: 'second' },
  { key: 'site', label: 'Site' },
  { key: 'email', label: 'E-mail', from: 'third' },
  { key: 'changed', label: 'Changed', right: true },
] as const;

const newUser = (
  <Link to="/users/new" className={buttonClass({ look: 'primary' })}>
    <Plus aria-hidden /> New user
  </Link>
);

export function UsersPage() {
  const { q = '', page } = useSearch({ from: '/app/users' });
  const { switchId } = useScope();
  const { typed, type } = useTypedSearch(q);
  const users = useQuery(usersQuery(q, page, switchId));
  useRowKeys();
  return (
    <>
      <PageHead title="Users" sub="People and their numbers and call settings in one place." actions={newUser} />
      <div className={layout.bar} role="search">
        <SearchField label="Search users" className={layout.barSearch} placeholder="Name or number" value={typed} onChange={(event) => type(event.target.value)} />
      </div>
      <QueryState query={users} rows={8}>
        {({ items, nextPageToken }) =>
          items.length === 0 ? (
            <NoUsers q={q} switchId={switchId} onClear={() => type('')} />
          ) : (
            <>
              <div className={table.top}>
                <Table label="Users" head={HEAD} busy={users.isFetching}>
                  {items.map((user) => (
                    <Row key={user.id} user={user} />
                  ))}
                </Table>
              </div>
              <Pager summary={count(items.length, 'user')} page={page} next={nextPageToken} />
            </>
          )
        }
      </QueryState>
    </>
  );
}

function Row({ user }: { readonly user: User }) {
  const { sites, switchId } = useScope();
  const plan = useQuery(dialPlanQuery(switchId));
  const profile = plan.data?.callingProfiles.find((each) => each.id === user.callingProfileId)?.name ?? user.callingProfileId;
  return (
    <tr>
      <td data-c="a">
        <Link to="/users/$id" params={{ id: user.id }} className={table.name} data-row-link>
          {user.displayName}
        </Link>
      </td>
      <td data-c="b" className={text.dn}>
        {user.numbers.length ? user.numbers.map((each) => each.number).join(', ') : <span className={text.faint}>no number</span>}
      </td>
      <td className={table.second}>{profile || <span className={text.faint}>default of the switch</span>}</td>
      <td data-c="c">{siteWords(user.siteId, sites)}</td>
      <td className={table.third}>{user.email || <span className={text.faint}>none</span>}</td>
      <td data-c="d" className={`${table.right} ${text.faint}`}>
        <When iso={user.meta.changedAt} />
      </td>
    </tr>
  );
}

function NoUsers({ q, switchId, onClear }: { readonly q: string; readonly switchId: string; readonly onClear: () => void }) {
  const navigate = useNavigate();
  if (!q)
    return (
      <Empty icon={UserPlus} title="No users yet" actions={newUser}>
        A user owns numbers and says what happens when somebody calls them. Until there is one, calls go only where the dial plan sends them.
      </Empty>
    );
  return (
    <Empty
      icon={SearchX}
      title={`No user matches “${q}”${isNumberLike(q) && switchId ? ` on switch ${switchId}` : ''}`}
      actions={
        <>
          <Button onClick={onClear}>Clear search</Button>
          {isNumberLike(q) ? <Button onClick={() => void navigate({ to: '/numbers', search: { q } })}>Look in all numbers</Button> : null}
        </>
      }
    >
      {isNumberLike(q) ? 'A number may exist without belonging to anybody.' : 'Names are found by the beginning of any of their words.'}
    </Empty>
  );
}
