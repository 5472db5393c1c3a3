import type { VoiceMessage } from '@sfs/rest-contract';
import { useMutation } from '@tanstack/react-query';
import { Check, ChevronUp, Download, Pause, Play, RotateCcw, Trash2 } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { ApiError } from '../../api/request.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { Button } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { dayAndTime } from '../../ui/formats.ts';
import { Note } from '../../ui/layout.tsx';
import { Chip } from '../../ui/state.tsx';
import text from '../../ui/text.module.css';
import styles from './messages.module.css';
import type { Player } from './use-player.ts';
import { audioLink } from './voicemail.api.ts';
import { aboutOf, callerOf, duration, flawOf } from './voicemail-words.ts';

const BACK_S = 5;

interface MessageRowProps {
  readonly message: VoiceMessage;
  readonly player: Player;
  readonly listening?: ReactNode;
  readonly onHeard: () => void;
  readonly onDelete: () => void;
}

export function MessageRow({ message, player, listening, onHeard, onDelete }: MessageRowProps) {
  const open = player.current?.id === message.id;
  const playing = open && player.playing;
  const caller = callerOf(message);
  return (
    <li className={cx(styles.item, open && styles.open)}>
      <div className={styles.row}>
        <button type="button" className={cx(styles.play, playing && styles.playing)} data-play={message.id} aria-label={playing ? `Pause the message from ${caller}` : `Play the message from ${caller}, ${duration(message.durationMs)}`} onClick={() => player.toggle(message)}>
          {playing ? <Pause aria-hidden /> : <Play aria-hidden />}
        </button>
        <MessageHead message={message} />
        <span className={styles.length}>
          {open ? (
            <>
              <b>{duration(player.position * 1000)}</b> /{' '}
            </>
          ) : null}
          {duration(message.durationMs)}
        </span>
        {open ? (
          <Button look="ghost" small icon aria-expanded="true" aria-label={`Close the message from ${caller}`} onClick={player.close}>
            <ChevronUp aria-hidden />
          </Button>
        ) : (
          <Button look="ghost" small icon aria-label={`Delete the message from ${caller}`} title="Delete" onClick={onDelete}>
            <Trash2 aria-hidden />
          </Button>
        )}
      </div>
      {open ? <Open message={message} player={player} listening={listening} onHeard={onHeard} onDelete={onDelete} /> : null}
    </li>
  );
}

export function MessageHead({ message }: { readonly message: VoiceMessage }) {
  const isNew = message.state === 'new';
  return (
    <>
      <span className={cx(styles.who, isNew && styles.new)}>
        {isNew ? <span className={styles.dot}><span className={text.sr}>New </span></span> : null}
        <span className={text.num}>{callerOf(message)}</span> {message.truncated ? <Chip kind="warn">Cut short</Chip> : null}
        <small className={text.num}>{aboutOf(message)}</small>
      </span>
      <time className={styles.when} dateTime={message.recordedAt} title={message.recordedAt}>
        {dayAndTime(message.recordedAt, new Date())}
      </time>
    </>
  );
}

function Open({ message, player, listening, onHeard, onDelete }: MessageRowProps) {
  const { position, speed } = player;
  const download = useMutation({ mutationFn: () => save(message) });
  const fault: unknown = player.error ?? download.error ?? undefined;
  const length = Math.max(message.durationMs / 1000, 0.1);
  const flaw = [message.truncated ? 'The recording was cut short on our side.' : '', flawOf(message)].filter(Boolean).join(' ');
  return (
    <div className={styles.player}>
      {fault === undefined ? null : <PlayFault error={fault} />}
      <div className={styles.slide}>
        <input
          type="range"
          className={styles.slider}
          aria-label="Position"
          min={0}
          max={length}
          step={0.1}
          value={Math.min(position, length)}
          aria-valuetext={`${Math.round(position)} of ${Math.round(length)} seconds`}
          style={{ '--played': `${(Math.min(position, length) / length) * 100}%` } as CSSProperties}
          onChange={(event) => player.seek(Number(event.target.value))}
        />
        <Button look="ghost" small icon aria-label="Back 5 seconds" title="Back 5 seconds" onClick={() => player.seek(position - BACK_S)}>
          <RotateCcw aria-hidden />
        </Button>
        <Button look="ghost" small aria-label={`Speed ${speed} times. Change`} title="Speed" onClick={player.faster}>
          <span className={text.num}>{speed}×</span>
        </Button>
      </div>
      {flaw ? <p className={text.hint}>{flaw}</p> : null}
      <div className={styles.acts}>
        {message.state === 'new' ? (
          <Button small onClick={onHeard}>
            <Check aria-hidden /> Mark heard
          </Button>
        ) : null}
        <Button small disabled={download.isPending} onClick={() => download.mutate()}>
          <Download aria-hidden /> Download
        </Button>
        <Button small look="danger" onClick={onDelete}>
          <Trash2 aria-hidden /> Delete
        </Button>
        {listening ? <span className={text.hint}>{listening}</span> : null}
      </div>
    </div>
  );
}

function PlayFault({ error }: { readonly error: unknown }) {
  const { what, next } = error instanceof ApiError ? wordsOf(error) : { what: 'The recording could not be played.', next: 'Play it again; if it fails again, download it.' };
  return (
    <Note kind="warn" alert>
      <b>{what}</b> {next}
    </Note>
  );
}

/** The browser keeps it under the name the server gives. */
async function save(message: VoiceMessage): Promise<void> {
  const { url } = await audioLink(message);
  const link = document.createElement('a');
  link.href = `${url}?download=true`;
  link.download = '';
  link.click();
}
