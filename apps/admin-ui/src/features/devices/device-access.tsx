import type { Device } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { isStale, wordsOf } from '../../api/problem-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/controls.tsx';
import { Dialog, dialogStyles } from '../../ui/dialog.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { State } from '../../ui/state.tsx';
import { macWords } from './device-words.ts';
import { deleteDevice, deviceQuery, refreshDevices, rotateCredential } from './devices.api.ts';

/** The credential the phone fetches with, and the end of the device. */
export function DeviceAccess({ device }: { readonly device: Device }) {
  const [deleting, setDeleting] = useState(false);
  return (
    <div className={layout.stack} style={{ maxWidth: 760 }}>
      <Credential device={device} />
      <Panel title="Delete this device">
        <div className={`${layout.body} ${layout.row} ${layout.wrap}`}>
          <p className={layout.grow}>Its credential is void and it gets no configuration any more. {device.number ? `Number ${device.number} stays, and so does its SIP password: set a new one if the phone is out of your hands.` : ''}</p>
          <Button look="danger" onClick={() => setDeleting(true)}>
            <Trash2 aria-hidden /> Delete…
          </Button>
        </div>
      </Panel>
      {deleting ? <DeleteDialog device={device} onClose={() => setDeleting(false)} /> : null}
    </div>
  );
}

function Credential({ device }: { readonly device: Device }) {
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: () => rotateCredential(device.mac),
    onSuccess: (next) => {
      client.setQueryData(deviceQuery(device.mac).queryKey, next);
      refreshDevices(client, device.mac);
      announce('A new credential is made');
    },
  });
  return (
    <Panel title="Credential of the phone" aside={device.rotating ? <State kind="wait">Two are valid</State> : <State kind="ok">One is valid</State>}>
      <div className={`${layout.body} ${layout.stack}`}>
        <p>
          With it the phone fetches its file; only the phone knows it.{' '}
          {device.rotating ? 'A new one is on its way: the old one is valid until the phone has used the new one, at its next fetch.' : 'Rotating makes a new one and asks the phone to fetch; the old one stays valid until the new one is used, so nobody is locked out.'}
        </p>
        <div>
          <Button disabled={rotate.isPending} onClick={() => rotate.mutate()}>
            <KeyRound aria-hidden /> Rotate credential
          </Button>
        </div>
        {rotate.error ? (
          <Note kind="bad" alert>
            <b>{wordsOf(rotate.error).what}</b> {wordsOf(rotate.error).next}
          </Note>
        ) : null}
      </div>
    </Panel>
  );
}

function DeleteDialog({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const name = macWords(device.mac);
  const remove = useMutation({
    mutationFn: () => deleteDevice(device),
    onSuccess: async () => {
      announce(`${name} is deleted`);
      await navigate({ to: '/devices' });
      client.removeQueries({ queryKey: ['device', device.mac] });
      refreshDevices(client, device.mac);
    },
    onError: (error) => {
      if (isStale(error)) void client.invalidateQueries({ queryKey: deviceQuery(device.mac).queryKey });
    },
  });
  return (
    <Dialog
      alert
      title={`Delete ${name}?`}
      intro="Its credential is void at once. The phone keeps the configuration it has until it is reset; when it asks again it waits in the list like a new one. The history stays."
      onClose={onClose}
      foot={
        <span className={dialogStyles.footEnd}>
          <Button onClick={onClose}>Keep</Button>
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            Delete {name}
          </Button>
        </span>
      }
    >
      {remove.error ? (
        <Note kind="bad" alert>
          <b>{isStale(remove.error) ? `${name} was changed by someone else.` : wordsOf(remove.error).what}</b> {isStale(remove.error) ? 'Look at it and delete again.' : wordsOf(remove.error).next}
        </Note>
      ) : null}
    </Dialog>
  );
}
