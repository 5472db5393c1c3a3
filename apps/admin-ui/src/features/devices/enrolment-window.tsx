import type { Device } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { wordsOf } from '../../api/problem-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button, SelectField, Switch } from '../../ui/controls.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { State } from '../../ui/state.tsx';
import text from '../../ui/text.module.css';
import { isWindowOpen, leftWords, minutesWords } from './device-words.ts';
import { closeEnrolment, deviceQuery, openEnrolment, refreshDevices, WINDOW_MINUTES } from './devices.api.ts';
import styles from './devices.module.css';

const CHOICES = [15, WINDOW_MINUTES, 240, 1440] as const;

/** While it is open the next fetch of this device gets its secrets; that closes it. */
export function EnrolmentWindow({ device, advised }: { readonly device: Device; readonly advised: boolean }) {
  const client = useQueryClient();
  const now = useSeconds(device.window !== null);
  const isOpen = isWindowOpen(device, now);
  const open = useMutation({
    mutationFn: (body: { minutes: number; fromAnyAddress: boolean }) => openEnrolment(device.mac, body),
    onSuccess: (next) => {
      client.setQueryData(deviceQuery(device.mac).queryKey, next);
      refreshDevices(client, device.mac);
      announce('The enrolment window is open');
    },
  });
  const close = useMutation({
    mutationFn: () => closeEnrolment(device.mac),
    onSuccess: () => {
      refreshDevices(client, device.mac);
      announce('The enrolment window is closed');
    },
  });
  const error = open.error ?? close.error;
  return (
    <Panel title="Enrolment window" aside={isOpen ? <State kind="wait">Open</State> : <State kind="off">Closed</State>}>
      <div className={`${layout.body} ${layout.stack}`}>
        {isOpen && device.window ? <Open window={device.window} now={now} closing={close.isPending} onClose={() => close.mutate()} /> : <Closed device={device} advised={advised} opening={open.isPending} onOpen={(body) => open.mutate(body)} />}
        {error ? (
          <Note kind="bad" alert>
            <b>{wordsOf(error).what}</b> {wordsOf(error).next}
          </Note>
        ) : null}
      </div>
    </Panel>
  );
}

function Open({ window, now, closing, onClose }: { readonly window: NonNullable<Device['window']>; readonly now: number; readonly closing: boolean; readonly onClose: () => void }) {
  return (
    <div className={`${layout.row} ${layout.wrap}`}>
      <div className={layout.grow}>
        <p>
          <span className={styles.countdown} role="timer" aria-label="Time left">
            {leftWords(window.openUntil, now)}
          </span>{' '}
          <span className={text.muted}>left</span>
        </p>
        <p className={text.muted}>The next time the phone asks{window.address ? ` from ${window.address}` : ', from any address'}, it gets its configuration with its secrets. That closes the window.</p>
      </div>
      <Button disabled={closing} onClick={onClose}>
        Close window
      </Button>
    </div>
  );
}

interface ClosedProps {
  readonly device: Device;
  readonly opening: boolean;
  readonly onOpen: (body: { minutes: number; fromAnyAddress: boolean }) => void;
}

function Closed({ device, advised, opening, onOpen }: ClosedProps & { readonly advised: boolean }) {
  const [answer, setChosen] = useState<boolean>();
  const chosen = answer ?? advised;
  return (
    <>
      <div className={`${layout.row} ${layout.wrap}`}>
        <p className={`${text.muted} ${layout.grow}`}>For a phone that is new, was replaced, or was reset: without its credential it gets the bootstrap only.</p>
        {chosen ? null : <Button onClick={() => setChosen(true)}>Open window…</Button>}
      </div>
      {chosen ? <OpenForm device={device} opening={opening} onOpen={onOpen} onCancel={() => setChosen(false)} /> : null}
    </>
  );
}

function OpenForm({ device, opening, onOpen, onCancel }: ClosedProps & { readonly onCancel: () => void }) {
  const [minutes, setMinutes] = useState<number>(WINDOW_MINUTES);
  const [anywhere, setAnywhere] = useState(device.lastAddress === '');
  return (
    <>
      <SelectField label="Open for" value={minutes} onChange={(event) => setMinutes(Number(event.target.value))} style={{ width: 150 }}>
        {CHOICES.map((each) => (
          <option key={each} value={each}>
            {minutesWords(each)}
          </option>
        ))}
      </SelectField>
      {device.lastAddress ? <Switch label="From any address" checked={anywhere} onChange={setAnywhere} words={['From any address', `From ${device.lastAddress} only, where it was heard last`]} /> : null}
      {anywhere ? <Note kind="warn">Whoever asks with its MAC first gets its secrets. Do this only on a network you trust.</Note> : null}
      <div className={layout.row}>
        <Button disabled={opening} onClick={() => onOpen({ minutes, fromAnyAddress: anywhere })}>
          Open window
        </Button>
        <Button look="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </>
  );
}

/** The present, once a second while somebody watches a countdown. */
function useSeconds(runs: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [runs]);
  return runs ? now : Date.now();
}
