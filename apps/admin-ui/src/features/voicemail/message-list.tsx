import type { VoiceMessage } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { count } from '../../ui/formats.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { DoneBar } from '../../ui/save-bar.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import { useLetterKeys } from '../../ui/use-keys.ts';
import { MessageRow } from './message-row.tsx';
import styles from './messages.module.css';
import { usePlayer } from './use-player.ts';
import { deleteMessage, markHeard, messagesQuery, restoreMessage } from './voicemail.api.ts';
import { callerOf } from './voicemail-words.ts';

const UNDO_MS = 10_000;

interface MessageListProps {
  readonly number: string;
  /** shown under the player: who is told of this listening */
  readonly listening?: ReactNode;
  readonly empty: ReactNode;
}

/** New and heard messages, newest first: play in every row, one open at a time. */
export function MessageList({ number, listening, empty }: MessageListProps) {
  const messages = useQuery(messagesQuery(number, 'kept'));
  return <QueryState query={messages}>{(items) => <List number={number} items={items} listening={listening} empty={empty} />}</QueryState>;
}

function List({ number, items, listening, empty }: MessageListProps & { readonly items: readonly VoiceMessage[] }) {
  const steps = useSteps(number);
  const player = usePlayer((message) => message.state === 'new' && steps.heard.mutate(message));
  const { shown, held, release } = useSteadyRows(items, player.current !== undefined);
  const [focusNext, setFocusNext] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (focusNext === undefined) return;
    const buttons = list.current?.querySelectorAll<HTMLButtonElement>('[data-play]');
    const next = [...(buttons ?? [])].find((button) => button.dataset.play === focusNext) ?? buttons?.[0];
    next?.focus();
    setFocusNext(undefined);
  }, [focusNext]);
  const remove = (message: VoiceMessage) => {
    const at = shown.findIndex((each) => each.id === message.id);
    if (player.current?.id === message.id) player.close();
    steps.remove.mutate(message);
    setFocusNext(shown[at + 1]?.id ?? shown[at - 1]?.id ?? '');
  };
  useLetterKeys({
    n: () => {
      const next = shown.find((each) => each.state === 'new' && each.id !== player.current?.id);
      if (next) player.toggle(next);
    },
  });
  return (
    <>
      <audio ref={player.audio} preload="none" hidden {...player.events} />
      {held > 0 ? (
        <p className={styles.held} role="status">
          <Button small onClick={release}>
            {count(held, 'new message')}, show
          </Button>
        </p>
      ) : null}
      {shown.length === 0 ? (
        <Empty icon={Inbox} title="No messages">
          {empty}
        </Empty>
      ) : (
        <ul className={styles.list} aria-label="Messages" ref={list}>
          {shown.map((message) => (
            <MessageRow key={message.id} message={message} player={player} listening={listening} onHeard={() => steps.heard.mutate(message)} onDelete={() => remove(message)} />
          ))}
        </ul>
      )}
      {steps.deleted ? (
        <SaveSlot>
          <DoneBar label="Deleted" text={`The message from ${callerOf(steps.deleted)} is in Deleted.`} onUndo={steps.undo} />
        </SaveSlot>
      ) : null}
    </>
  );
}

/** Rows never move under the pointer: while a message is open, new ones wait to be asked for. */
function useSteadyRows(items: readonly VoiceMessage[], open: boolean): { readonly shown: readonly VoiceMessage[]; readonly held: number; readonly release: () => void } {
  const [known, setKnown] = useState<ReadonlySet<string>>();
  const newest = new Set(items.map(({ id }) => id));
  if (open && known === undefined) setKnown(newest);
  if (!open && known !== undefined) setKnown(undefined);
  const shown = known === undefined ? items : items.filter(({ id }) => known.has(id));
  return { shown, held: items.length - shown.length, release: () => setKnown(newest) };
}

/** Deleting is immediate and can be undone; what fails comes back and says so. */
function useSteps(number: string) {
  const client = useQueryClient();
  const [deleted, setDeleted] = useState<VoiceMessage>();
  const { queryKey } = messagesQuery(number, 'kept');
  const refresh = () => {
    for (const key of [['mailbox', number], ['mailboxes']]) void client.invalidateQueries({ queryKey: key });
  };
  const failed = (what: string) => () => {
    announce(`${what} failed. Nothing was changed.`);
    refresh();
  };
  const heard = useMutation({ mutationFn: markHeard, onSettled: refresh });
  const remove = useMutation({
    mutationFn: deleteMessage,
    onMutate: (message: VoiceMessage) => {
      client.setQueryData<readonly VoiceMessage[]>(queryKey, (before) => before?.filter(({ id }) => id !== message.id));
      setDeleted(message);
      announce(`The message from ${callerOf(message)} is in Deleted. Undo is at the foot of the page.`);
    },
    onError: () => {
      setDeleted(undefined);
      failed('Deleting')();
    },
    onSettled: refresh,
  });
  const restore = useMutation({
    mutationFn: restoreMessage,
    onSuccess: (message) => {
      setDeleted(undefined);
      announce(`The message from ${callerOf(message)} is back`);
    },
    onError: failed('Restoring'),
    onSettled: refresh,
  });
  useEffect(() => {
    if (!deleted) return;
    const timer = setTimeout(() => setDeleted(undefined), UNDO_MS);
    return () => clearTimeout(timer);
  }, [deleted]);
  return { heard, remove, deleted, undo: () => deleted && restore.mutate(deleted) };
}
