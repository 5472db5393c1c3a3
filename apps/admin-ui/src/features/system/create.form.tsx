import { type UseMutationResult } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { wordsOf } from '../../api/problem-words.ts';
import { Button } from '../../ui/controls.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';

interface CreateFormProps {
  readonly title: string;
  readonly submit: string;
  readonly mutation: Pick<UseMutationResult<unknown, Error, void>, 'mutate' | 'isPending' | 'error'>;
  /** faults of the contract; shown only after a first try */
  readonly local: Readonly<Record<string, string>>;
  readonly server: Readonly<Record<string, string>>;
  readonly children: (errors: Readonly<Record<string, string>>) => ReactNode;
  readonly after?: ReactNode;
}

export function CreateForm({ title, submit, mutation, local, server, children, after }: CreateFormProps) {
  const [tried, setTried] = useState(false);
  const errors = { ...(tried ? local : {}), ...server };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const isFine = Object.keys(local).length === 0;
    setTried(!isFine);
    if (isFine) mutation.mutate();
  };
  return (
    <Panel title={title}>
      <form className={`${layout.body} ${layout.stack}`} onSubmit={send} noValidate>
        <div className={layout.form}>
          {children(errors)}
          {mutation.error && Object.keys(server).length === 0 ? (
            <Note kind="bad" alert>
              <b>{wordsOf(mutation.error).what}</b> {wordsOf(mutation.error).next}
            </Note>
          ) : null}
          <div>
            <Button type="submit" disabled={mutation.isPending}>
              {submit}
            </Button>
          </div>
        </div>
        {after}
      </form>
    </Panel>
  );
}
