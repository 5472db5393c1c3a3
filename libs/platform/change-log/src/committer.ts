import { randomUUID } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import type { Logger } from 'pino';
import type { EntityStore } from './entity.store.ts';
import type { Failpoint } from './failpoint.ts';
import type { IndexWriter } from './index-writer.ts';
import { FreshIntent, type IntentLog } from './intent-log.store.ts';
import { keyOf, planOperation, type Operation } from './operation.ts';
import { meets, RETRY_DEPTH, staleError, type RowWriter } from './row-writer.ts';
import { publicState, type StoredState } from './stored-state.ts';
import type { CommitRequest, EntityState } from './types.ts';

/** enough for the state before and a few writers who came after */
const SPREAD_DEPTH = 8;

export interface CommitterParts {
  readonly store: EntityStore;
  readonly writer: RowWriter;
  readonly intents: IntentLog;
  readonly indexes: IndexWriter;
  readonly log: Logger;
  readonly failpoint?: Failpoint | undefined;
  /** publishes at once, when a relay is attached; the outcome is its business */
  readonly announce: (intentId: string, states: readonly StoredState[]) => Promise<void>;
}

/** intent -> decisive write -> followers -> listings and audit -> publish. What a dying process leaves is finished by the relay of this site. */
export class Committer {
  readonly #parts: CommitterParts;

  constructor(parts: CommitterParts) {
    this.#parts = parts;
  }

  async commit(request: CommitRequest): Promise<EntityState[]> {
    const operation = planOperation(request, request.idempotencyKey ?? randomUUID());
    const intent = new FreshIntent(this.#parts.intents, operation);
    const earlier = request.idempotencyKey === undefined ? undefined : await this.#earlier(operation);
    const first = earlier ?? (await this.#decide(operation, intent));
    const states = [first, ...(await this.#follow(operation, intent))];
    if (intent.isWritten) await this.#spread(operation, intent, request.requestId);
    return states.map(publicState);
  }

  /** The result of the same request made before; whatever that one left undone is done by the steps that follow. */
  async #earlier(operation: Operation): Promise<StoredState | undefined> {
    const [row] = operation.rows;
    if (row === undefined) return undefined;
    const { history } = await this.#parts.store.past(keyOf(operation, row), RETRY_DEPTH);
    const own = history.find(({ tag }) => tag === row.tag);
    if (own !== undefined && own.request !== operation.request) {
      throw new DomainError('invalid', 'idempotency/key-reused', 'This Idempotency-Key was used for another request.', { remedy: 'Send a new key with a new request.' });
    }
    return own;
  }

  async #decide(operation: Operation, intent: FreshIntent): Promise<StoredState> {
    const [row] = operation.rows;
    if (row === undefined) throw new Error('an operation has a first row');
    await this.#refuseStale(operation);
    await this.#reach('before-intent');
    await intent.ensure();
    await this.#reach('after-intent');
    const result = await this.#parts.writer.write(operation, row, intent);
    if (result.outcome === 'refused') throw staleError(row, result.current);
    await this.#reach('after-write');
    return result.state;
  }

  /** Before anything is written: the usual conflict costs no intent, and a follower that cannot follow refuses the whole. */
  async #refuseStale(operation: Operation): Promise<void> {
    const strict = operation.rows.filter(({ expect }) => expect !== 'any');
    const heads = await Promise.all(strict.map((row) => this.#parts.store.head(keyOf(operation, row))));
    for (const [index, row] of strict.entries()) {
      const current = heads[index]?.state;
      // our own tag as the current one: a follower completed by an earlier attempt whose first row has many newer states
      if (!meets(row.expect, current) && current?.tag !== row.tag) throw staleError(row, current);
    }
  }

  async #follow(operation: Operation, intent: FreshIntent): Promise<StoredState[]> {
    const states: StoredState[] = [];
    for (const [index, row] of operation.rows.slice(1).entries()) {
      const result = await this.#parts.writer.write(operation, row, intent).catch((error: unknown) => {
        throw undone(error);
      });
      if (result.outcome === 'written') states.push(result.state);
      else this.#parts.log.warn({ tenant: operation.tenant, kind: row.kind, id: row.id }, 'row was changed meanwhile and is left out of the operation');
      await this.#reach(`after-row-${index + 1}`);
    }
    await this.#reach('after-followers');
    return states;
  }

  /** The change is committed: from here on nothing fails the caller, the relay repeats what did not work. */
  async #spread(operation: Operation, intent: FreshIntent, requestId: string): Promise<void> {
    const { store, indexes, announce, log } = this.#parts;
    const tags = new Set(operation.rows.map(({ tag }) => tag));
    try {
      const pasts = await Promise.all(operation.rows.map((row) => store.past(keyOf(operation, row), SPREAD_DEPTH)));
      await Promise.all(pasts.map((past) => indexes.refresh(past, tags)));
      await this.#reach('after-indexes');
      const states = pasts.flatMap(({ state }) => (state === undefined ? [] : [state]));
      announce(intent.id, states)
        .then(() => this.#reach('after-publish'))
        .catch((cause: unknown) => log.error({ err: cause }, 'publishing at once failed'));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      log.warn({ requestId, tenant: operation.tenant, code: error.code }, 'committed; listings and events are left to the relay');
    }
  }

  async #reach(name: Parameters<Failpoint>[0]): Promise<void> {
    await this.#parts.failpoint?.(name);
  }
}

/** The first row stands, so the operation will be completed: the caller learns the outcome by repeating it. */
function undone(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  return new DomainError('unavailable', 'store/outcome-unknown', 'The change is being completed.', {
    outcomeUnknown: true,
    remedy: 'Repeat the request with the same Idempotency-Key.',
    cause: error.code,
  });
}
