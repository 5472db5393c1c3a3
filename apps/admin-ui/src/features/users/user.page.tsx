import type { User } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ChevronRight, Route } from 'lucide-react';
import { siteWords, useScope } from '../../shell/scope.ts';
import { buttonClass } from '../../ui/controls.tsx';
import { layout, PageHead } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Chip } from '../../ui/state.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import text from '../../ui/text.module.css';
import { useLetterKeys } from '../../ui/use-keys.ts';
import { UserAccess } from './user-access.tsx';
import { UserDevices } from './user-devices.tsx';
import { UserHistory } from './user-history.tsx';
import { UserMailboxes } from './user-mailboxes.tsx';
import { UserNumbers } from './user-numbers.tsx';
import { UserProfile } from './user-profile.tsx';
import { UserSettings } from './user-settings.tsx';
import { userQuery } from './users.api.ts';

const SECTIONS = [
  { id: 'settings', label: 'Call settings' },
  { id: 'numbers', label: 'Numbers' },
  { id: 'voicemail', label: 'Voicemail' },
  { id: 'devices', label: 'Devices' },
  { id: 'profile', label: 'Name and profile' },
  { id: 'access', label: 'Access' },
  { id: 'history', label: 'History' },
] as const;

export function UserPage() {
  const { id } = useParams({ from: '/app/users/$id' });
  const user = useQuery(userQuery(id));
  return (
    <QueryState query={user} rows={8} back={<Link to="/users" className={buttonClass()}>All users</Link>}>
      {(data) => <Detail key={data.id} user={data} />}
    </QueryState>
  );
}

function Detail({ user }: { readonly user: User }) {
  const { section: asked } = useSearch({ from: '/app/users/$id' });
  const { sites } = useScope();
  const navigate = useNavigate();
  const section = SECTIONS.find((each) => each.id === asked)?.id ?? 'settings';
  const main = user.numbers[0]?.number;
  useLetterKeys({ t: () => main && void navigate({ to: '/calls/test', search: { to: main } }) });
  return (
    <>
      <PageHead
        title={user.displayName}
        tab={main ? `${user.displayName}, ${main}` : user.displayName}
        crumb={
          <>
            <Link to="/users">Users</Link>
            <ChevronRight aria-hidden />
            <span>{user.displayName}</span>
          </>
        }
        beside={
          <>
            <span className={text.dn}>{user.numbers.map((each) => each.number).join(', ') || <span className={text.faint}>no number</span>}</span>
            <Chip>{siteWords(user.siteId, sites)}</Chip>
          </>
        }
        actions={
          main ? (
            <Link to="/calls/test" search={{ to: main }} className={buttonClass()}>
              <Route aria-hidden /> Test a call
            </Link>
          ) : null
        }
      />
      <div className={`${layout.padTight} ${layout.cols} ${section === 'settings' ? layout.colsDetail : layout.colsNav}`}>
        <TabBar side label="Sections of this user">
          {SECTIONS.map(({ id, label }) => (
            <Link key={id} to="." search={(before: Record<string, unknown>) => ({ ...before, section: id === 'settings' ? undefined : id })} activeOptions={{ exact: true, explicitUndefined: true }} aria-current={section === id ? 'true' : undefined}>
              {label}
              {id === 'numbers' ? <span className={layout.count}>{user.numbers.length}</span> : null}
            </Link>
          ))}
        </TabBar>
        {section === 'settings' ? <UserSettings user={user} /> : null}
        {section === 'numbers' ? <UserNumbers user={user} /> : null}
        {section === 'voicemail' ? <UserMailboxes user={user} /> : null}
        {section === 'devices' ? <UserDevices user={user} /> : null}
        {section === 'profile' ? <UserProfile user={user} /> : null}
        {section === 'access' ? <UserAccess user={user} /> : null}
        {section === 'history' ? <UserHistory user={user} /> : null}
      </div>
      <div id="save-bar" style={{ display: 'contents' }} />
    </>
  );
}
