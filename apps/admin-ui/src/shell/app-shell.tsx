import type { Session } from '@sfs/rest-contract';
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { isSessionLost, onSessionLost } from '../features/session/session-lost.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { Navigation } from './navigation.tsx';
import styles from './shell.module.css';
import { StatusStrip } from './status-strip.tsx';
import { TopBar } from './top-bar.tsx';
import { useGlobalKeys } from './use-global-keys.ts';

const loadPalette = () => import('./palette.tsx').then((module) => ({ default: module.Palette }));
const Palette = lazy(loadPalette);
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((module) => ({ default: module.KeysDialog })));
const SessionLostDialog = lazy(() => import('../features/session/session-lost.dialog.tsx').then((module) => ({ default: module.SessionLostDialog })));

export function AppShell({ session }: { readonly session: Session }) {
  const [open, setOpen] = useState<'find' | 'keys'>();
  const lost = useSyncExternalStore(onSessionLost, isSessionLost);
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // braces: newer browsers return a promise from scrollTo, and an effect must return nothing
  useEffect(() => {
    void main.current?.scrollTo(0, 0);
  }, [pathname]);
  useEffect(() => {
    // what is typed right after Ctrl K must not be lost to loading
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), 1500);
    return () => clearTimeout(timer);
  }, []);
  useGlobalKeys({ onFind: () => setOpen('find'), onKeys: () => setOpen('keys') });
  return (
    <>
      <a className={styles.skip} href="#main" onClick={() => main.current?.focus()}>
        Skip to content
      </a>
      <div className={styles.app}>
        <nav className={styles.rail} aria-label="Main">
          <Navigation onKeys={() => setOpen('keys')} />
        </nav>
        <TopBar session={session} onFind={() => setOpen('find')} onKeys={() => setOpen('keys')} />
        <main className={styles.main} id="main" tabIndex={-1} ref={main}>
          <Suspense>
            <Outlet />
          </Suspense>
        </main>
        <StatusStrip />
      </div>
      <LiveRegion />
      <Suspense>
        {open === 'find' ? <Palette onClose={() => setOpen(undefined)} /> : null}
        {open === 'keys' ? <KeysDialog onClose={() => setOpen(undefined)} /> : null}
        {lost ? <SessionLostDialog login={session.login} /> : null}
      </Suspense>
    </>
  );
}
