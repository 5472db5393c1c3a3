import type { Session } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/request.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { Button, TextField } from '../../ui/controls.tsx';
import { Note } from '../../ui/layout.tsx';
import { sessionQuery, signIn } from './session.api.ts';

interface SignInFormProps {
  readonly login?: string;
  readonly onSignedIn: (session: Session, password: string) => void;
}

export function SignInForm({ login: known = '', onSignedIn }: SignInFormProps) {
  const client = useQueryClient();
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  useEffect(() => {
    (known ? second : first).current?.focus();
  }, [known]);
  const attempt = useMutation({
    mutationFn: () => signIn({ login: login.trim(), password }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      onSignedIn(session, password);
    },
    onError: () => second.current?.select(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!login.trim()) return first.current?.focus();
    if (!password) return second.current?.focus();
    attempt.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <TextField ref={first} label="Login" name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} value={login} onChange={(event) => setLogin(event.target.value)} />
      <TextField ref={second} label="Password" name="password" type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
      {attempt.error ? (
        <Note kind="bad" alert>
          {refusal(attempt.error)}
        </Note>
      ) : null}
      <Button type="submit" look="primary" disabled={attempt.isPending}>
        {attempt.isPending ? 'Signing in' : 'Sign in'}
      </Button>
    </form>
  );
}

function refusal(error: unknown): string {
  if (error instanceof ApiError && error.status === 401) return `Login and password do not match. ${error.problem.remedy ?? 'Check both and try again.'}`;
  const { what, next } = wordsOf(error);
  return `${what} ${next}`.trim();
}
