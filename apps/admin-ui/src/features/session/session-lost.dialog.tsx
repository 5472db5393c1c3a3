import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { layout } from '../../ui/layout.tsx';
import { sessionQuery } from './session.api.ts';
import { setSessionLost } from './session-lost.ts';
import { SignInForm } from './sign-in.form.tsx';
import styles from './session-lost.module.css';

/** Over the page, so that what was typed is kept. */
export function SessionLostDialog({ login }: { readonly login: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const other = () => {
    setSessionLost(false);
    client.clear();
    client.setQueryData(sessionQuery.queryKey, null);
    void navigate({ to: '/sign-in', ignoreBlocker: true });
  };
  return (
    <Dialog title="You were signed out" intro="Sign in; what you typed is kept.">
      <div className={`${layout.stack} ${styles.again}`}>
        <SignInForm
          login={login}
          onSignedIn={() => {
            setSessionLost(false);
            void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
          }}
        />
        <Button look="ghost" small onClick={other}>
          Sign in as someone else
        </Button>
      </div>
    </Dialog>
  );
}
