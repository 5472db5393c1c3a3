import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { isOutcomeUnknown, isStale } from '../api/problem-words.ts';
import { newKey } from '../api/request.ts';
import { announce } from '../ui/announce.ts';
import type { Outcome } from '../ui/save-bar.tsx';
import { awaitEffect, type SavedThing } from './effects.api.ts';
import { same } from './merge-fields.ts';

/** What the server holds. `tag` '' = never set: the first save says "must not exist yet". */
export interface Saved<T> {
  readonly value: T;
  readonly tag: string;
  readonly version: number;
  readonly changedAt: string;
  readonly actor: string;
}

export interface DraftSpec<T> {
  readonly saved: Saved<T>;
  readonly write: (value: T, tag: string, key: string) => Promise<Saved<T>>;
  readonly reload: () => Promise<Saved<T>>;
  /** what to wait for after a save; nothing when its own service reads it with every use */
  readonly thing?: (version: number) => SavedThing;
  readonly undoable?: boolean;
  /** said after a save without a `thing` to wait for */
  readonly done?: string;
}

export interface Draft<T> {
  readonly base: Saved<T>;
  readonly value: T;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly error: unknown;
  readonly outcome: Outcome | undefined;
  readonly conflict: Saved<T> | undefined;
  readonly change: (next: T) => void;
  readonly discard: () => void;
  readonly save: () => void;
  readonly undo: (() => void) | undefined;
  readonly resolve: (value: T) => void;
  readonly keepEditing: () => void;
}

interface Attempt<T> {
  readonly value: T;
  readonly base: Saved<T>;
}

const NEXT_CALL = 'Saved. In effect from the next call on.';

/** One edit in place: draft, conditional save, conflict, effect, undo. The draft keeps the version it was begun on while newer ones arrive. */
export function useDraft<T extends object>(spec: DraftSpec<T>): Draft<T> {
  const client = useQueryClient();
  const [edit, setEdit] = useState<Attempt<T>>();
  const [conflict, setConflict] = useState<Saved<T>>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [undoTo, setUndoTo] = useState<Attempt<T>>();
  const key = useRef('');
  const base = edit?.base ?? spec.saved;
  const value = edit?.value ?? spec.saved.value;
  const dirty = edit !== undefined && !same(edit.value, edit.base.value);

  const mutation = useMutation({
    mutationFn: async ({ value: next, base: from }: Attempt<T>) => {
      key.current ||= newKey();
      return spec.write(next, from.tag, key.current);
    },
    onSuccess: async (saved, attempt) => {
      key.current = '';
      setEdit(undefined);
      setConflict(undefined);
      setUndoTo(spec.undoable && attempt.base.tag !== '' ? { value: attempt.base.value, base: saved } : undefined);
      setOutcome({ text: 'Saved.', late: false });
      const effect = spec.thing ? await awaitEffect(spec.thing(saved.version), client) : { text: spec.done ?? NEXT_CALL, late: false };
      setOutcome(effect);
      announce(effect.text);
    },
    onError: async (error) => {
      if (!isOutcomeUnknown(error)) key.current = '';
      if (isStale(error)) setConflict(await spec.reload());
    },
  });
  useEffect(() => {
    if (!outcome || outcome.text === 'Saved.') return;
    const timer = setTimeout(() => setOutcome(undefined), 10_000);
    return () => clearTimeout(timer);
  }, [outcome]);

  return {
    base,
    value,
    dirty,
    saving: mutation.isPending,
    error: isStale(mutation.error) ? undefined : (mutation.error ?? undefined),
    outcome,
    conflict,
    change: (next) => {
      setOutcome(undefined);
      setEdit({ value: next, base });
    },
    discard: () => {
      mutation.reset();
      setEdit(undefined);
      setConflict(undefined);
    },
    save: () => mutation.mutate({ value, base }),
    undo: undoTo && (() => mutation.mutate(undoTo)),
    resolve: (merged) => conflict && mutation.mutate({ value: merged, base: conflict }),
    keepEditing: () => setConflict(undefined),
  };
}
