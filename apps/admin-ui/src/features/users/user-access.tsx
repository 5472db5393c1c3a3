import { createAccount as schema, type Role, type User } from '@sfs/rest-contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { Button, SelectField, TextField } from '../../ui/controls.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { Secret } from '../../ui/secret.tsx';
import { createAccount } from './users.api.ts';

/** "Alder Finch" -> afinch: a proposal, not a rule. */
export function proposeLogin(user: Pick<User, 'displayName' | 'numbers'>): string {
  const words = user.displayName.toLowerCase().normalize('NFKD').replace(/[^a-z0-9 ]/g, '').split(' ').filter(Boolean);
  const last = words.at(-1) ?? '';
  return words.length > 1 ? `${words[0]?.charAt(0) ?? ''}${last}` : last || (user.numbers[0]?.number ?? '');
}

export function UserAccess({ user }: { readonly user: User }) {
  const [login, setLogin] = useState(() => proposeLogin(user));
  const [role, setRole] = useState<Role>('user');
  const [tried, setTried] = useState(false);
  const create = useMutation({ mutationFn: () => createAccount(user.id, login, role) });
  const local = schemaErrors(schema, { login, role });
  const errors: Readonly<Record<string, string>> = { ...(tried ? local : {}), ...serverError(create.error, 'login') };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(local).length === 0) create.mutate();
  };
  return (
    <Panel title="Access">
      <div className={`${layout.body} ${layout.stack}`}>
        <p>An account lets {user.displayName} sign in here and change their own call settings. Creating it again for the same login gives a new one-time password.</p>
        <form className={layout.form} onSubmit={submit} noValidate>
          <TextField label="Login" value={login} autoCapitalize="none" spellCheck={false} error={errors.login} onChange={(event) => setLogin(event.target.value)} />
          <SelectField label="Role" value={role} onChange={(event) => setRole(event.target.value === 'administrator' ? 'administrator' : 'user')} hint={role === 'user' ? 'Sees and changes their own call settings.' : 'Sees and changes everything of this tenant.'}>
            <option value="user">User</option>
            <option value="administrator">Administrator</option>
          </SelectField>
          {create.error && !errors.login ? (
            <Note kind="bad" alert>
              <b>{wordsOf(create.error).what}</b> {wordsOf(create.error).next}
            </Note>
          ) : null}
          <div>
            <Button type="submit" look="primary" disabled={create.isPending}>
              Create account
            </Button>
          </div>
        </form>
        {create.data ? (
          <Secret what={`One-time password of ${create.data.login}.`} value={create.data.oneTimePassword}>
            At the first sign-in they choose a password of their own.
          </Secret>
        ) : null}
      </div>
    </Panel>
  );
}
