import { changePassword as schema } from '@sfs/rest-contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { fieldWords, wordsOf } from '../../api/problem-words.ts';
import { Button, TextField } from '../../ui/controls.tsx';
import { Note } from '../../ui/layout.tsx';
import { changePassword } from './session.api.ts';

interface NewPasswordFormProps {
  /** the one-time password, when it was typed a moment ago */
  readonly current?: string;
  readonly submitLabel: string;
  readonly onChanged: () => void;
}

export function NewPasswordForm({ current: known, submitLabel, onChanged }: NewPasswordFormProps) {
  const [current, setCurrent] = useState(known ?? '');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMutation({ mutationFn: () => changePassword({ current, next }), onSuccess: onChanged });
  const short = schema.shape.next.safeParse(next).success ? undefined : `${next.length} of at least 12 characters. A sentence is easy to remember.`;
  const differs = next === again ? undefined : 'The two do not match. Type the new password again.';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!short && !differs && current) change.mutate();
  };
  const atField = fieldWords(change.error, 'current') ?? fieldWords(change.error, 'next');
  return (
    <form onSubmit={submit} noValidate>
      <TextField label={known === undefined ? 'Current password' : 'One-time password'} type="password" autoComplete="current-password" value={current} error={fieldWords(change.error, 'current') ?? (tried && !current ? 'Enter the password you have now.' : undefined)} onChange={(event) => setCurrent(event.target.value)} />
      <TextField label="New password" type="password" autoComplete="new-password" autoFocus={Boolean(known)} value={next} error={fieldWords(change.error, 'next') ?? (tried ? short : undefined)} hint="At least 12 characters." onChange={(event) => setNext(event.target.value)} />
      <TextField label="New password again" type="password" autoComplete="new-password" value={again} error={tried ? differs : undefined} onChange={(event) => setAgain(event.target.value)} />
      {change.error && !atField ? (
        <Note kind="bad" alert>
          {wordsOf(change.error).what} {wordsOf(change.error).next}
        </Note>
      ) : null}
      <Button type="submit" look="primary" disabled={change.isPending}>
        {submitLabel}
      </Button>
    </form>
  );
}
