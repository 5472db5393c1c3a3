import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Brand } from '../../shell/brand.tsx';
import { ThemeSwitch } from '../../shell/theme-switch.tsx';
import { useTitle } from '../../ui/layout.tsx';
import text from '../../ui/text.module.css';
import { NewPasswordForm } from './new-password.form.tsx';
import { RouteDrawing } from './route-drawing.tsx';
import { sessionQuery } from './session.api.ts';
import { SignInForm } from './sign-in.form.tsx';
import styles from './sign-in.module.css';

/** Sign in; after a one-time password the own one is chosen before anything else. */
export function SignInPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { to } = useSearch({ from: '/sign-in' });
  const known = client.getQueryData(sessionQuery.queryKey);
  const [oneTime, setOneTime] = useState<string | undefined>(known?.mustChangePassword ? '' : undefined);
  useTitle(oneTime === undefined ? 'Sign in' : 'Choose a password');
  const enter = (role: string) => void navigate(to && role === 'administrator' ? { to } : { to: role === 'user' ? '/my' : '/' });
  const changed = async () => {
    const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    if (session) enter(session.role);
    else setOneTime(undefined);
  };
  return (
    <main className={styles.page}>
      <div className={styles.form}>
        <Brand />
        <div className={styles.middle}>
          {oneTime === undefined ? (
            <>
              <h1>Sign in</h1>
              <SignInForm
                onSignedIn={(session, password) => {
                  if (session.mustChangePassword) setOneTime(password);
                  else enter(session.role);
                }}
              />
              <p className={text.hint}>First time here? Use the one-time password your administrator gave you. You choose your own next.</p>
            </>
          ) : (
            <>
              <h1>Choose a password</h1>
              <p className={text.muted}>The one-time password has done its work. From now on only you know yours.</p>
              <NewPasswordForm current={oneTime} submitLabel="Save password and go on" onChanged={() => void changed()} />
            </>
          )}
        </div>
        <div className={styles.foot}>
          <ThemeSwitch />
        </div>
      </div>
      <div className={styles.art}>
        <RouteDrawing />
      </div>
    </main>
  );
}
