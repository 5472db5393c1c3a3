import type { Device, DeviceFile } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '../../api/problem-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/controls.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog, dialogStyles } from '../../ui/dialog.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import text from '../../ui/text.module.css';
import { fileAbout, macWords, originWords } from './device-words.ts';
import { deviceFilesQuery, revealFiles } from './devices.api.ts';
import styles from './devices.module.css';
import { useSiteOf } from './use-site-of.ts';

/** What the phone would get if it asked now, line by line with the layer each line comes from. */
export function DeviceFiles({ device }: { readonly device: Device }) {
  const files = useQuery(deviceFilesQuery(device.mac));
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const reveal = useMutation({
    mutationFn: () => revealFiles(device.mac),
    onSuccess: () => {
      setAsking(false);
      announce('Secrets are shown');
      void client.invalidateQueries({ queryKey: ['changes'] });
    },
  });
  const hide = () => {
    reveal.reset();
    announce('Secrets are masked');
  };
  return (
    <Panel
      title="File the phone gets"
      aside={
        reveal.data ? (
          <Button small look="ghost" onClick={hide}>
            <EyeOff aria-hidden /> Mask secrets
          </Button>
        ) : (
          <Button small look="ghost" onClick={() => setAsking(true)}>
            <Eye aria-hidden /> Show secrets…
          </Button>
        )
      }
    >
      <QueryState query={files}>{(masked) => <Files device={device} files={reveal.data ?? masked} />}</QueryState>
      {asking ? <RevealDialog mac={device.mac} reveal={reveal} onClose={() => setAsking(false)} /> : null}
    </Panel>
  );
}

interface Reveal {
  readonly error: unknown;
  readonly isPending: boolean;
  readonly mutate: () => void;
}

function RevealDialog({ mac, reveal, onClose }: { readonly mac: string; readonly reveal: Reveal; readonly onClose: () => void }) {
  return (
    <Dialog
      alert
      title="Show the secrets of this phone?"
      intro={`The SIP password, the credential it fetches with and its admin password become readable on this screen. That you looked at ${macWords(mac)} is kept in Changes with your name and the time.`}
      onClose={onClose}
      foot={
        <span className={dialogStyles.footEnd}>
          <Button onClick={onClose}>Keep masked</Button>
          <Button look="danger" disabled={reveal.isPending} onClick={() => reveal.mutate()}>
            Show secrets
          </Button>
        </span>
      }
    >
      {reveal.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(reveal.error).what}</b> {wordsOf(reveal.error).next}
        </Note>
      ) : null}
    </Dialog>
  );
}

function Files({ device, files }: { readonly device: Device; readonly files: readonly DeviceFile[] }) {
  const [chosen, setChosen] = useState('');
  const file = files.find(({ name }) => name === chosen) ?? files.find(({ kind }) => kind === 'own') ?? files[0];
  if (!file)
    return (
      <div className={layout.body}>
        <p className={text.muted}>There is nothing to get yet: no number, or no pack for this vendor.</p>
      </div>
    );
  return (
    <>
      <div className={styles.files} role="group" aria-label="Files, in the order the phone asks">
        {files.map(({ name }) => (
          <Button key={name} small look={name === file.name ? 'plain' : 'ghost'} aria-pressed={name === file.name} onClick={() => setChosen(name)}>
            <span className={text.mono}>{name}</span>
          </Button>
        ))}
        <span className={cx(text.hint, layout.right)}>{fileAbout(file)}</span>
      </div>
      <div className={styles.code} role="region" aria-label={`File ${file.name}`} tabIndex={0}>
        <ol>
          {file.lines.map((line, at) => (
            <li key={at} className={cx(line.origin === 'secret' && styles.secretLine)}>
              <span>{line.text || ' '}</span>
              <span className={styles.origin}>
                <Origin origin={line.origin} device={device} />
              </span>
            </li>
          ))}
        </ol>
      </div>
      <div className={cx(layout.body, layout.row, text.hint)}>
        <span className={layout.grow}>The right column names the layer a line comes from. Choose one to change it there.</span>
        <CopyButton text={() => file.lines.map((line) => line.text).join('\n')} />
      </div>
    </>
  );
}

function Origin({ origin, device }: { readonly origin: string; readonly device: Device }) {
  const words = originWords(origin);
  if (origin === 'tenant')
    return (
      <Link to="/system" search={{ tab: 'device-settings' }}>
        {words}
      </Link>
    );
  if (origin === 'profile' && device.profileId)
    return (
      <Link to="/devices/profiles/$id" params={{ id: device.profileId }}>
        {words}
      </Link>
    );
  if (origin === 'device')
    return (
      <Link to="." search={(before: Record<string, unknown>) => ({ ...before, tab: 'settings' })}>
        {words}
      </Link>
    );
  if (origin === 'number' && device.number)
    return (
      <Link to="/numbers/$switchId/$number" params={{ switchId: device.switchId, number: device.number }}>
        {words}
      </Link>
    );
  return origin === 'site' ? <SiteLink device={device} words={words} /> : <>{words}</>;
}

function SiteLink({ device, words }: { readonly device: Device; readonly words: string }) {
  const site = useSiteOf(device.switchId);
  return (
    <Link to="/system" search={{ tab: 'device-settings', site }}>
      {words}
    </Link>
  );
}
