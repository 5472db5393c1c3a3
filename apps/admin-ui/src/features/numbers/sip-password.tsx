import { setSipPassword as schema } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { Button, TextField } from '../../ui/controls.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { Secret } from '../../ui/secret.tsx';
import { numberQuery, setSipPassword } from './numbers.api.ts';

/** A new password for the phone of one number; the old one stops working at once. */
export function SipPassword({ switchId, number }: { readonly switchId: string; readonly number: string }) {
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const local = schemaErrors(schema, password ? { password } : {});
  const set = useMutation({
    mutationFn: () => setSipPassword(switchId, number, password),
    onSuccess: () => {
      setPassword('');
      void client.invalidateQueries({ queryKey: numberQuery(switchId, number).queryKey });
      void client.invalidateQueries({ queryKey: ['numbers'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(local).length === 0) set.mutate();
  };
  const error = (tried ? local.password : undefined) ?? serverError(set.error, 'password').password;
  return (
    <Panel title={`SIP password of ${number}`}>
      <div className={`${layout.body} ${layout.stack}`}>
        <form className={layout.form} onSubmit={submit} noValidate>
          <TextField label="New password" autoComplete="off" spellCheck={false} value={password} error={error} hint="Leave empty and a strong one is made. A phone of Devices fetches it by itself; any other has to be told." onChange={(event) => setPassword(event.target.value)} />
          {set.error && !error ? (
            <Note kind="bad" alert>
              <b>{wordsOf(set.error).what}</b> {wordsOf(set.error).next}
            </Note>
          ) : null}
          <div>
            <Button type="submit" disabled={set.isPending}>
              Set SIP password
            </Button>
          </div>
        </form>
        {set.data ? (
          <Secret what={`SIP password of ${number}.`} value={set.data.password}>
            User name {set.data.userName}, domain {set.data.sipDomain}.
          </Secret>
        ) : null}
      </div>
    </Panel>
  );
}
