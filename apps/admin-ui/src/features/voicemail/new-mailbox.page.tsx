import { createMailbox as schema } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { newKey } from '../../api/request.ts';
import { useScope } from '../../shell/scope.ts';
import { announce } from '../../ui/announce.ts';
import { Button, buttonClass, TextField } from '../../ui/controls.tsx';
import { layout, Note, PageHead } from '../../ui/layout.tsx';
import { Secret } from '../../ui/secret.tsx';
import { UserPicker } from '../numbers/user-picker.tsx';
import { userQuery } from '../users/users.api.ts';
import { createMailbox } from './voicemail.api.ts';

export function NewMailboxPage() {
  const { user: asked = '' } = useSearch({ from: '/app/voicemail/new' });
  const owner = useQuery({ ...userQuery(asked), enabled: asked !== '' });
  return (
    <>
      <PageHead
        title="New mailbox"
        sub="It gets a one-time PIN; its owner chooses another at the first log-in."
        crumb={
          <>
            <Link to="/voicemail">Voicemail</Link>
            <ChevronRight aria-hidden />
            <span>New</span>
          </>
        }
      />
      <div className={`${layout.padTight} ${layout.stack}`}>{asked !== '' && owner.isPending ? null : <Form userId={owner.data?.id ?? ''} name={owner.data?.displayName ?? ''} proposal={owner.data?.numbers[0]?.number ?? ''} />}</div>
    </>
  );
}

function Form({ userId, name, proposal }: { readonly userId: string; readonly name: string; readonly proposal: string }) {
  const { switchId } = useScope();
  const client = useQueryClient();
  const { number: typedBefore = '' } = useSearch({ from: '/app/voicemail/new' });
  const [number, setNumber] = useState(typedBefore || (/^[0-9]{1,16}$/.test(proposal) ? proposal : ''));
  const [picked, setPicked] = useState(userId);
  const [tried, setTried] = useState(false);
  const [key] = useState(newKey);
  const body = { number: number.replace(/[\s()-]/g, ''), ...(picked ? { userId: picked } : {}) };
  const local = schemaErrors(schema, body);
  const create = useMutation({
    mutationFn: () => createMailbox(body, key),
    onSuccess: (made) => {
      for (const queryKey of [['mailboxes'], ['mailbox', made.number]]) void client.invalidateQueries({ queryKey });
      announce(`Mailbox ${made.number} is created`);
    },
  });
  const errors: Readonly<Record<string, string>> = { ...(tried ? local : {}), ...serverError(create.error, 'number', 'userId') };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(local).length === 0) create.mutate();
  };
  if (create.data) return <Created number={create.data.number} pin={create.data.oneTimePin} owner={create.data.owner?.displayName} />;
  return (
    <form className={layout.form} onSubmit={submit} noValidate>
      <TextField label="Number" autoFocus inputMode="numeric" autoComplete="off" value={number} error={errors.number} hint="Mostly that of the phone. Owners enter it when they listen from elsewhere." onChange={(event) => setNumber(event.target.value)} />
      <UserPicker label="Belongs to" switchId={switchId} name={name} onPick={setPicked} />
      {errors.userId ? <Note kind="bad">{errors.userId}</Note> : null}
      {create.error && !errors.number && !errors.userId ? (
        <Note kind="bad" alert>
          <b>{wordsOf(create.error).what}</b> {wordsOf(create.error).next}
        </Note>
      ) : null}
      <div className={layout.row}>
        <Button type="submit" look="primary" disabled={create.isPending}>
          Create mailbox
        </Button>
        <Link to="/voicemail" className={buttonClass({ look: 'ghost' })}>
          Cancel
        </Link>
      </div>
    </form>
  );
}

/** Stays until it is left: what it shows is shown once. */
function Created({ number, pin, owner }: { readonly number: string; readonly pin: string; readonly owner: string | undefined }) {
  return (
    <div className={`${layout.form} ${layout.stack}`}>
      {pin ? (
        <Secret what={`One-time PIN of mailbox ${number}.`} value={pin}>
          Give it to {owner ?? 'the owner'}: it works once; at the first log-in a new PIN is chosen.
        </Secret>
      ) : (
        <Note kind="info">
          <b>Mailbox {number} was created before.</b> Its PIN was shown then; reset it for a new one.
        </Note>
      )}
      <div>
        <Link to="/voicemail/$number" params={{ number }} className={buttonClass({ look: 'primary' })}>
          Open mailbox {number}
        </Link>
      </div>
    </div>
  );
}
