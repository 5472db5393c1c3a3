import type { DirectoryNumber } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ChevronRight, Route, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { isStale, wordsOf } from '../../api/problem-words.ts';
import { awaitEffect } from '../../edit/effects.api.ts';
import { announce } from '../../ui/announce.ts';
import { Button, buttonClass } from '../../ui/controls.tsx';
import { Dialog, dialogStyles } from '../../ui/dialog.tsx';
import { layout, Note, PageHead, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Chip, State } from '../../ui/state.tsx';
import { useLetterKeys } from '../../ui/use-keys.ts';
import { DevicesOfNumbers } from '../devices/devices-of-numbers.tsx';
import { deleteNumber, numberQuery, setOwner } from './numbers.api.ts';
import { OwnerName } from './owner-name.tsx';
import { SipPassword } from './sip-password.tsx';
import { UserPicker } from './user-picker.tsx';

export function NumberPage() {
  const { switchId, number } = useParams({ from: '/app/numbers/$switchId/$number' });
  const query = useQuery(numberQuery(switchId, number));
  return <QueryState query={query} back={<Link to="/numbers" className={buttonClass()}>All numbers</Link>}>{(data) => <Detail key={data.number} number={data} />}</QueryState>;
}

function Detail({ number }: { readonly number: DirectoryNumber }) {
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const test = { to: '/calls/test', search: { to: number.number, switch: number.switchId } } as const;
  useLetterKeys({ t: () => void navigate(test) });
  return (
    <>
      <PageHead
        title={number.number}
        tab={`Number ${number.number}`}
        crumb={
          <>
            <Link to="/numbers">Numbers</Link>
            <ChevronRight aria-hidden />
            <span>{number.number}</span>
          </>
        }
        beside={
          <>
            <Chip>{number.switchId}</Chip>
            {number.hasSipPassword ? <State kind="ok">Password set</State> : <State kind="off">No password, no phone can register</State>}
          </>
        }
        actions={
          <>
            <Link {...test} className={buttonClass()}>
              <Route aria-hidden /> Test a call
            </Link>
            <Button look="danger" onClick={() => setDeleting(true)}>
              <Trash2 aria-hidden /> Delete…
            </Button>
          </>
        }
      />
      <div className={`${layout.padTight} ${layout.stack}`}>
        <Owner number={number} />
        <DevicesOfNumbers numbers={[number]} whose={number.number} />
        <SipPassword switchId={number.switchId} number={number.number} />
      </div>
      {deleting ? <DeleteDialog number={number} onClose={() => setDeleting(false)} /> : null}
    </>
  );
}

function Owner({ number }: { readonly number: DirectoryNumber }) {
  const client = useQueryClient();
  const [picked, setPicked] = useState('');
  const [effect, setEffect] = useState('');
  const give = useMutation({
    mutationFn: (userId: string) => setOwner(number, userId),
    onSuccess: async (next) => {
      client.setQueryData(numberQuery(next.switchId, next.number).queryKey, next);
      setPicked('');
      for (const queryKey of [['numbers'], ['users'], ['user']]) void client.invalidateQueries({ queryKey });
      const { text } = await awaitEffect({ kind: 'dn', entityId: `${next.switchId}/${next.number}`, version: next.meta.version }, client);
      setEffect(text);
      announce(text);
    },
    onError: (error) => {
      if (isStale(error)) void client.invalidateQueries({ queryKey: numberQuery(number.switchId, number.number).queryKey });
    },
  });
  return (
    <Panel title="Belongs to" aside={effect}>
      <div className={`${layout.body} ${layout.stack}`}>
        <p className={layout.row}>
          <OwnerName userId={number.userId} />
          {number.userId ? (
            <Button small look="ghost" disabled={give.isPending} onClick={() => give.mutate('')}>
              Take away
            </Button>
          ) : (
            <span>Calls to it do not ring anybody.</span>
          )}
        </p>
        <div className={layout.form}>
          <UserPicker key={number.userId} label={number.userId ? 'Give to somebody else' : 'Give to'} switchId={number.switchId} onPick={setPicked} />
          <div>
            <Button aria-disabled={!picked || give.isPending || undefined} onClick={() => picked && give.mutate(picked)}>
              Give number
            </Button>
          </div>
        </div>
        {give.error ? (
          <Note kind="bad" alert>
            <b>{isStale(give.error) ? `Number ${number.number} was changed by someone else. This page shows it as it is now.` : wordsOf(give.error).what}</b> {isStale(give.error) ? 'Look at it and choose again.' : wordsOf(give.error).next}
          </Note>
        ) : null}
      </div>
    </Panel>
  );
}

function DeleteDialog({ number, onClose }: { readonly number: DirectoryNumber; readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteNumber(number),
    onSuccess: async () => {
      announce(`Number ${number.number} is deleted`);
      await navigate({ to: '/numbers' });
      client.removeQueries({ queryKey: numberQuery(number.switchId, number.number).queryKey });
      for (const queryKey of [['numbers'], ['users'], ['user']]) void client.invalidateQueries({ queryKey });
    },
  });
  return (
    <Dialog
      alert
      title={`Delete number ${number.number}?`}
      intro={`Its phone can no longer register, calls to it are not routed, and ${number.userId ? 'its owner loses it' : 'it belongs to nobody'}. The number becomes free on ${number.switchId}.`}
      onClose={onClose}
      foot={
        <span className={dialogStyles.footEnd}>
          <Button onClick={onClose}>Keep</Button>
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            Delete {number.number}
          </Button>
        </span>
      }
    >
      {remove.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(remove.error).what}</b> {wordsOf(remove.error).next}
        </Note>
      ) : null}
    </Dialog>
  );
}
