import { createDirectoryNumber } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { newKey } from '../../api/request.ts';
import { useScope } from '../../shell/scope.ts';
import { announce } from '../../ui/announce.ts';
import { Button, buttonClass, TextField } from '../../ui/controls.tsx';
import { layout, Note, PageHead } from '../../ui/layout.tsx';
import { userQuery } from '../users/users.api.ts';
import { createNumber, numberQuery } from './numbers.api.ts';
import { UserPicker } from './user-picker.tsx';

export function NewNumberPage() {
  const { user: asked = '' } = useSearch({ from: '/app/numbers/new' });
  const owner = useQuery({ ...userQuery(asked), enabled: asked !== '' });
  const { switchId } = useScope();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const [picked, setPicked] = useState<string>();
  const [tried, setTried] = useState(false);
  const [key] = useState(newKey);
  const body = { number: number.replace(/[\s()-]/g, ''), userId: picked ?? asked };
  const local = schemaErrors(createDirectoryNumber, body);
  const create = useMutation({
    mutationFn: () => createNumber(switchId, body, key),
    onSuccess: async (made) => {
      client.setQueryData(numberQuery(switchId, made.number).queryKey, made);
      void client.invalidateQueries({ queryKey: ['numbers'] });
      if (made.userId) void client.invalidateQueries({ queryKey: userQuery(made.userId).queryKey });
      announce(`Number ${made.number} is created`);
      await navigate({ to: '/numbers/$switchId/$number', params: { switchId, number: made.number } });
    },
  });
  const errors: Readonly<Record<string, string>> = { ...(tried ? local : {}), ...serverError(create.error, 'number', 'userId') };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(local).length === 0) create.mutate();
  };
  return (
    <>
      <PageHead
        title="New number"
        sub={`On switch ${switchId}. Its SIP password comes next.`}
        crumb={
          <>
            <Link to="/numbers">Numbers</Link>
            <ChevronRight aria-hidden />
            <span>New</span>
          </>
        }
      />
      <form className={layout.padTight} onSubmit={submit} noValidate>
        <div className={layout.form}>
          <TextField label="Number" autoFocus inputMode="tel" autoComplete="off" value={number} error={errors.number} hint="Digits, * and #, with an optional leading +." onChange={(event) => setNumber(event.target.value)} />
          {asked && !owner.data ? null : <UserPicker label="Belongs to" switchId={switchId} name={owner.data?.displayName ?? ''} onPick={setPicked} />}
          {create.error && !errors.number ? (
            <Note kind="bad" alert>
              <b>{wordsOf(create.error).what}</b> {wordsOf(create.error).next}
            </Note>
          ) : null}
          <div className={layout.row}>
            <Button type="submit" look="primary" disabled={create.isPending || !switchId}>
              Create number
            </Button>
            <Link to="/numbers" className={buttonClass({ look: 'ghost' })}>
              Cancel
            </Link>
          </div>
        </div>
      </form>
    </>
  );
}
