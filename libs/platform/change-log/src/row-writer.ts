import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@sfs/kernel';
import type { EntityStore, Head } from './entity.store.ts';
import { microTimeAfter } from './micro-time.ts';
import type { FreshIntent } from './intent-log.store.ts';
import { keyOf, type Operation, type PlannedRow } from './operation.ts';
import type { StoredState } from './stored-state.ts';
import type { EntityKey, Expectation } from './types.ts';

export type RowOutcome =
  | { readonly outcome: 'written'; readonly state: StoredState }
  /** the expectation does not hold; our tag is not in the history either */
  | { readonly outcome: 'refused'; readonly current: StoredState | undefined };

/** A retry under the same idempotency key comes soon: its first attempt lies among the newest states. */
export const RETRY_DEPTH = 200;
const ATTEMPTS = 20;
const SETTLE_ATTEMPTS = 8;

/** The conditional write of one row. The own tag in the history decides every unclear outcome, so one attempt is never written twice. */
export class RowWriter {
  readonly #store: EntityStore;
  readonly #site: string;

  constructor(store: EntityStore, site: string) {
    this.#store = store;
    this.#site = site;
  }

  async write(operation: Operation, row: PlannedRow, intent: FreshIntent): Promise<RowOutcome> {
    const key = keyOf(operation, row);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await pause(Math.random() * 15 * attempt);
      const head = await this.#store.head(key);
      const holds = meets(row.expect, head.state);
      // Also when the expectation holds: with 'any' an attempt that was applied and overwritten would otherwise be repeated.
      const own = holds && attempt === 0 ? undefined : await this.#find(key, row.tag, 'local');
      if (own !== undefined) return { outcome: 'written', state: own };
      if (!holds) return { outcome: 'refused', current: head.state };
      await intent.ensure();
      const state = await this.#attempt(next(operation, row, head, this.#site), head);
      if (state !== undefined) {
        // A write that was held up may have come after the relays gave its intent up.
        await intent.ensure();
        return { outcome: 'written', state };
      }
    }
    throw new DomainError('unavailable', 'change-log/contended', 'Too many writers at once on this entity; nothing was changed.', { remedy: 'Try again in a moment.' });
  }

  async #attempt(state: StoredState, head: Head): Promise<StoredState | undefined> {
    try {
      return (await this.#store.write(state, head.versionColumn)) ? state : undefined;
    } catch (error) {
      if (!(error instanceof DomainError) || error.details['outcomeUnknown'] !== true) throw error;
      return this.#settle(state, error);
    }
  }

  /** A serial read finishes or ends what is under way: afterwards the tag is there or never will be. */
  async #settle(state: StoredState, unknown: DomainError): Promise<StoredState | undefined> {
    for (let attempt = 1; attempt <= SETTLE_ATTEMPTS; attempt += 1) {
      await pause(Math.random() * 30 * attempt);
      try {
        return await this.#find(state, state.tag, 'serial');
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }
    throw unknown;
  }

  async #find(key: EntityKey, tag: string, reach: 'local' | 'serial'): Promise<StoredState | undefined> {
    const { history } = await this.#store.past(key, RETRY_DEPTH, reach);
    return history.find((state) => state.tag === tag);
  }
}

export function meets(expect: Expectation, current: StoredState | undefined): boolean {
  if (expect === 'any') return true;
  if (expect === 'absent') return current === undefined || current.deleted;
  return current?.tag === expect.tag;
}

export function staleError(row: PlannedRow, current: StoredState | undefined): DomainError {
  const what = { kind: row.kind, id: row.id, currentTag: current?.tag ?? '' };
  if (row.expect === 'absent') {
    return new DomainError('conflict', 'change-log/exists', `${row.kind} ${row.id} exists already.`, { ...what, remedy: 'Choose another one, or change the existing one.' });
  }
  return new DomainError('conflict', 'change-log/stale', `${row.kind} ${row.id} was changed meanwhile.`, { ...what, remedy: 'Read it again and repeat the change.' });
}

function next(operation: Operation, row: PlannedRow, head: Head, site: string): StoredState {
  return {
    ...keyOf(operation, row),
    version: head.maxVersion + 1,
    tag: row.tag,
    parentTag: head.state?.tag ?? '',
    changedAt: microTimeAfter(Date.now(), head.state?.changedAt ?? ''),
    site,
    actor: operation.actor,
    deleted: row.deleted,
    request: operation.request,
    body: row.body ?? {},
  };
}
