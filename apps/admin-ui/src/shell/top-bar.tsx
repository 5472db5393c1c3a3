import type { Session } from '@sfs/rest-contract';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, KeyRound, LogOut, Menu, Search, UserRound } from 'lucide-react';
import { useRef } from 'react';
import { sessionQuery, signOut } from '../features/session/session.api.ts';
import { Button } from '../ui/controls.tsx';
import { cx } from '../ui/cx.ts';
import text from '../ui/text.module.css';
import { Navigation } from './navigation.tsx';
import { siteWords, useScope } from './scope.ts';
import styles from './shell.module.css';
import { ThemeSwitch } from './theme-switch.tsx';

interface TopBarProps {
  readonly session: Session;
  readonly onFind: () => void;
  readonly onKeys: () => void;
}

export function TopBar({ session, onFind, onKeys }: TopBarProps) {
  const sheet = useRef<HTMLDialogElement>(null);
  const close = () => sheet.current?.close();
  return (
    <header className={styles.top}>
      <Button look="ghost" icon className={styles.menuButton} aria-label="Open navigation" onClick={() => sheet.current?.showModal()}>
        <Menu aria-hidden />
      </Button>
      <dialog ref={sheet} className={styles.sheet} aria-label="Navigation" onClick={(event) => event.target === sheet.current && close()}>
        <nav aria-label="Pages">
          <Navigation
            onGo={close}
            onKeys={() => {
              close();
              onKeys();
            }}
          />
        </nav>
      </dialog>
      <ScopeSwitch tenant={session.tenant} />
      <button type="button" className={styles.find} aria-keyshortcuts="Control+K" onClick={onFind}>
        <Search aria-hidden />
        <span>Search or jump to…</span>
        <kbd aria-hidden>Ctrl K</kbd>
      </button>
      <ThemeSwitch />
      <Account session={session} />
    </header>
  );
}

function ScopeSwitch({ tenant }: { readonly tenant: string }) {
  const { switches, sites, switchId, choose } = useScope();
  return (
    <div className={styles.scope} role="group" aria-label="Scope">
      <span className={cx(styles.scopeItem, styles.tenant)}>
        <span>Tenant</span> {tenant}
      </span>
      <span className={styles.slash} aria-hidden>
        /
      </span>
      {switches.length ? (
        <label className={styles.scopeItem}>
          <span>Switch</span>
          <select value={switchId} onChange={(event) => choose(event.target.value)}>
            {switches.map((each) => (
              <option key={each.id} value={each.id}>
                {siteWords(each.siteId, sites)} · {each.id}
              </option>
            ))}
          </select>
          <ChevronsUpDown aria-hidden />
        </label>
      ) : (
        <span className={styles.scopeItem}>
          <span>No switch yet</span>
        </span>
      )}
    </div>
  );
}

function Account({ session }: { readonly session: Session }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const menu = useRef<HTMLDivElement>(null);
  const leave = async () => {
    await signOut();
    client.clear();
    client.setQueryData(sessionQuery.queryKey, null);
    await navigate({ to: '/sign-in' });
  };
  const hide = () => menu.current?.hidePopover();
  return (
    <>
      <button type="button" className={styles.me} popoverTarget="account-menu">
        {session.login.slice(0, 2).toUpperCase()}
        <span className={text.sr}>, account {session.login}</span>
      </button>
      <div ref={menu} id="account-menu" popover="auto" className={styles.meMenu} role="group" aria-label="Account">
        <p>
          <b>{session.login}</b>
          <small>
            {session.role}, tenant {session.tenant}
          </small>
        </p>
        {session.userId ? (
          <Link to="/my" onClick={hide}>
            <UserRound aria-hidden /> My calls
          </Link>
        ) : null}
        <Link to="/account" onClick={hide}>
          <KeyRound aria-hidden /> Change password
        </Link>
        <button type="button" onClick={() => void leave()}>
          <LogOut aria-hidden /> Sign out
        </button>
      </div>
    </>
  );
}
