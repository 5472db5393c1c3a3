import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouteContext } from '@tanstack/react-router';
import { LogOut, PhoneCall, Settings, UserRound, Voicemail } from 'lucide-react';
import { Suspense, useSyncExternalStore } from 'react';
import { Brand } from '../../shell/brand.tsx';
import { ThemeSwitch } from '../../shell/theme-switch.tsx';
import { Button } from '../../ui/controls.tsx';
import { LiveRegion } from '../../ui/live-region.tsx';
import text from '../../ui/text.module.css';
import { sessionQuery, signOut } from '../session/session.api.ts';
import { SessionLostDialog } from '../session/session-lost.dialog.tsx';
import { isSessionLost, onSessionLost } from '../session/session-lost.ts';
import { mailboxesOfUserQuery } from '../voicemail/voicemail.api.ts';
import styles from './self-service.module.css';

/** The small shell of people who only have their own calls. */
export function SelfShell() {
  const { session } = useRouteContext({ from: '/my' });
  const client = useQueryClient();
  const navigate = useNavigate();
  const lost = useSyncExternalStore(onSessionLost, isSessionLost);
  const leave = async () => {
    await signOut();
    client.clear();
    client.setQueryData(sessionQuery.queryKey, null);
    await navigate({ to: '/sign-in' });
  };
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <header className={styles.top}>
        <Brand />
        <nav aria-label="Main">
          <Link to="/my" activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
            <PhoneCall aria-hidden /> Calls
          </Link>
          <Link to="/my/voicemail" activeOptions={{ includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
            <Voicemail aria-hidden /> Voicemail <NewMessages userId={session.userId} />
          </Link>
          <Link to="/my/account" activeProps={{ 'aria-current': 'page' }}>
            <UserRound aria-hidden /> Account
          </Link>
          {session.role === 'administrator' ? (
            <Link to="/">
              <Settings aria-hidden /> Administration
            </Link>
          ) : null}
        </nav>
        <span className={styles.tools}>
          <ThemeSwitch />
          <Button look="ghost" icon aria-label="Sign out" title={`Sign out ${session.login}`} onClick={() => void leave()}>
            <LogOut aria-hidden />
          </Button>
        </span>
      </header>
      <main className={styles.main} id="main" tabIndex={-1}>
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      <div id="save-bar" className={styles.save} />
      <LiveRegion />
      {lost ? <SessionLostDialog login={session.login} /> : null}
    </div>
  );
}

/** Over all mailboxes of this user; nothing while there are none, or while voicemail is away. */
function NewMessages({ userId }: { readonly userId: string }) {
  const { data = [] } = useQuery({ ...mailboxesOfUserQuery(userId), enabled: userId !== '' });
  const fresh = data.reduce((sum, { counts }) => sum + counts.new, 0);
  if (fresh === 0) return null;
  return (
    <span className={styles.badge}>
      {fresh}
      <span className={text.sr}> new</span>
    </span>
  );
}
