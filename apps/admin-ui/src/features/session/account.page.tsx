import { useState } from 'react';
import { announce } from '../../ui/announce.ts';
import { layout, Note, PageHead, Panel } from '../../ui/layout.tsx';
import { NewPasswordForm } from './new-password.form.tsx';
import styles from './session-lost.module.css';

export function AccountPage() {
  return (
    <>
      <PageHead title="Account" sub="What you sign in with." />
      <div className={layout.padTight} style={{ maxWidth: 520 }}>
        <PasswordPanel />
      </div>
    </>
  );
}

export function PasswordPanel() {
  const [times, setTimes] = useState(0);
  return (
    <Panel title="Change password">
      <div className={`${layout.body} ${layout.stack} ${styles.again}`}>
        {times > 0 ? <Note kind="ok">Changed. Use it from the next sign-in on.</Note> : null}
        <div className={layout.form}>
          <NewPasswordForm
            key={times}
            submitLabel="Change password"
            onChanged={() => {
              setTimes(times + 1);
              announce('Password changed');
            }}
          />
        </div>
      </div>
    </Panel>
  );
}
