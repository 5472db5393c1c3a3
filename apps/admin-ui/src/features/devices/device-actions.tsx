import type { Device } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { wordsOf } from '../../api/problem-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button, buttonClass } from '../../ui/controls.tsx';
import { layout, Note } from '../../ui/layout.tsx';
import { macWords, notifyWords } from './device-words.ts';
import { dismissDevice, refreshDevices, sendCheckSync } from './devices.api.ts';

export function useCheckSync(mac: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sendCheckSync(mac),
    onSuccess: ({ meaning }) => {
      announce(meaning);
      refreshDevices(client, mac);
    },
  });
}

type CheckSync = ReturnType<typeof useCheckSync>;

export function DeviceActions({ device, checkSync }: { readonly device: Device; readonly checkSync: CheckSync }) {
  if (!device.meta) return <WaitingActions mac={device.mac} />;
  if (!device.number)
    return (
      <Link to="." search={(before: Record<string, unknown>) => ({ ...before, tab: 'settings' })} className={buttonClass({ look: 'primary' })}>
        Give it a number
      </Link>
    );
  return (
    <Button look={device.state === 'drift' ? 'primary' : 'plain'} disabled={checkSync.isPending} onClick={() => checkSync.mutate()}>
      <RefreshCw aria-hidden /> {checkSync.isPending ? 'Asking' : 'Ask to fetch now'}
    </Button>
  );
}

function WaitingActions({ mac }: { readonly mac: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const dismiss = useMutation({
    mutationFn: () => dismissDevice(mac),
    onSuccess: async () => {
      announce(`${macWords(mac)} is dismissed. It comes back when it asks again.`);
      await navigate({ to: '/devices' });
      refreshDevices(client, mac);
    },
  });
  return (
    <>
      <Button disabled={dismiss.isPending} onClick={() => dismiss.mutate()} title="It comes back when it asks again">
        Dismiss
      </Button>
      <Link to="/devices/new" search={{ mac }} className={buttonClass({ look: 'primary' })}>
        Assign
      </Link>
      {dismiss.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(dismiss.error).what}</b> {wordsOf(dismiss.error).next}
        </Note>
      ) : null}
    </>
  );
}

/** What the phone answered, in words: a check-sync nobody notices has no effect. */
export function CheckSyncAnswer({ checkSync: { data, error } }: { readonly checkSync: CheckSync }) {
  if (error) {
    const { what, next } = wordsOf(error);
    return (
      <div className={layout.bar}>
        <Note kind="bad" alert>
          <b>{what}</b> {next}
        </Note>
      </div>
    );
  }
  if (!data) return null;
  const { kind, words } = notifyWords(data.status);
  return (
    <section className={layout.bar} aria-label="Answer of the phone">
      <Note kind={kind === 'ok' ? 'ok' : 'warn'}>
        <b>Asked to fetch now: {words}.</b> {data.meaning}
      </Note>
    </section>
  );
}
