import { useRouteContext } from '@tanstack/react-router';
import { useTitle } from '../../ui/layout.tsx';
import text from '../../ui/text.module.css';
import { PasswordPanel } from '../session/account.page.tsx';

export function MyAccountPage() {
  const { session } = useRouteContext({ from: '/my' });
  useTitle('Account');
  return (
    <>
      <h1>Account</h1>
      <p className={text.muted}>Signed in as {session.login}.</p>
      <PasswordPanel />
    </>
  );
}
