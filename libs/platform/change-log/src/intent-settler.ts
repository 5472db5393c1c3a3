import type { Publisher } from '@sfs/kafka';
import { DomainError } from '@sfs/kernel';
import { changeMessage } from './change-event.ts';
import type { ChangeLogParts } from './change-log.ts';
import type { Past } from './entity.store.ts';
import { FRESH_MS, FreshIntent } from './intent-log.store.ts';
import type { OpenIntent } from './open-intents.ts';
import { keyOf, type PlannedRow } from './operation.ts';
import type { RelayMetrics } from './relay-metrics.ts';
import { findConflict, resolvingOperation } from './resolve-conflict.ts';
import { publicState } from './stored-state.ts';
import { changeTopic } from './topics.ts';

/** The writer is probably alive and between two steps: leave it alone. */
const PATIENCE_MS = 2_000;
/** No writer goes on with an intent this old (FreshIntent): what is not there now will not come. */
const GIVE_UP_MS = 60_000;
/** At the origin much longer: a writer held up in the instant before its write may still come, and only here is that noticed. */
const GIVE_UP_OWN_MS = 600_000;
const NEAR = 50;
const FAR = 5_000;

type Found = { readonly is: 'there'; readonly past: Past } | { readonly is: 'waiting' } | { readonly is: 'given-up' };

export interface SettlerParts {
  readonly changeLog: ChangeLogParts;
  readonly publisher: Publisher;
  readonly metrics: RelayMetrics;
}

/**
 * What becomes of one intent. Committed: its followers are completed (by the origin's relay), listings and audit written, the state read NOW published.
 * Not committed: dropped, but only when a read that cannot be wrong says so a minute after the intent was seen.
 */
export class IntentSettler {
  readonly #parts: SettlerParts;

  constructor(parts: SettlerParts) {
    this.#parts = parts;
  }

  /** true: nothing is left to do. Throws when the store or Kafka is away. */
  async settle(open: OpenIntent, now: number): Promise<boolean> {
    const age = now - open.seenAt;
    const { rows } = open.intent.operation;
    const [first] = rows;
    if (first === undefined) return true;
    const decided = await this.#find(open, first, age);
    if (decided.is === 'waiting') return false;
    if (decided.is === 'given-up') {
      this.#parts.metrics.dropped.inc();
      return true;
    }
    await this.#spread(open, 0, decided.past);
    const rest = await Promise.all(rows.slice(1).map((row, index) => this.#followRow(open, { row, index: index + 1, age })));
    return rest.every((done) => done);
  }

  async #followRow(open: OpenIntent, { row, index, age }: { row: PlannedRow; index: number; age: number }): Promise<boolean> {
    if (open.spread.has(index)) return true;
    const found = await this.#find(open, row, age);
    if (found.is === 'there') {
      await this.#spread(open, index, found.past);
      return true;
    }
    if (this.#isOwn(open) && age >= PATIENCE_MS) return this.#complete(open, row, index);
    return found.is === 'given-up';
  }

  /** The writer died after the decisive row: roll forward. Under a fresh intent, since the other sites may have given this one up. */
  async #complete(open: OpenIntent, row: PlannedRow, index: number): Promise<boolean> {
    const { writer, intents, store, log } = this.#parts.changeLog;
    const { operation } = open.intent;
    const result = await writer.write(operation, row, new FreshIntent(intents, operation));
    if (result.outcome === 'refused') {
      this.#parts.metrics.skipped.inc();
      log.warn({ tenant: operation.tenant, kind: row.kind, id: row.id }, 'row was changed meanwhile and is left out of the operation');
      return true;
    }
    this.#parts.metrics.completed.inc();
    await this.#spread(open, index, await store.past(keyOf(operation, row), NEAR));
    return true;
  }

  async #find(open: OpenIntent, row: PlannedRow, age: number): Promise<Found> {
    const { store } = this.#parts.changeLog;
    const key = keyOf(open.intent.operation, row);
    const isThere = ({ history }: Past): boolean => history.some(({ tag }) => tag === row.tag);
    const near = await store.past(key, NEAR);
    if (isThere(near)) {
      await this.#renewLate(open, near.wroteAtMs.get(row.tag) ?? 0);
      return { is: 'there', past: near };
    }
    if (age < PATIENCE_MS) return { is: 'waiting' };
    const sure = await this.#pastForSure(open, key);
    if (sure !== undefined && isThere(sure)) {
      // The serial read may itself have completed the write just now.
      await this.#renewLate(open, Number.POSITIVE_INFINITY);
      return { is: 'there', past: sure };
    }
    return sure !== undefined && age >= (this.#isOwn(open) ? GIVE_UP_OWN_MS : GIVE_UP_MS) ? { is: 'given-up' } : { is: 'waiting' };
  }

  /** Of our own origin a serial read decides; of another one a quorum of every site, and without the line nothing can be said. */
  async #pastForSure(open: OpenIntent, key: ReturnType<typeof keyOf>): Promise<Past | undefined> {
    try {
      return await this.#parts.changeLog.store.past(key, FAR, this.#isOwn(open) ? 'serial' : 'everywhere');
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }

  /** Other sites may have given up a write that came long after its intent: tell them again, once. */
  async #renewLate(open: OpenIntent, wroteAtMs: number): Promise<void> {
    if (!this.#isOwn(open) || open.isRenewed || wroteAtMs - open.intent.atMs <= FRESH_MS) return;
    await this.#parts.changeLog.intents.write(open.intent.operation);
    open.isRenewed = true;
  }

  async #spread(open: OpenIntent, index: number, past: Past): Promise<void> {
    if (open.spread.has(index)) return;
    const { operation, id } = open.intent;
    const { indexes, kinds, owner } = this.#parts.changeLog;
    await indexes.refresh(past, new Set(operation.rows.map(({ tag }) => tag)));
    if (past.state !== undefined && kinds.get(past.state.kind)?.published === true) {
      await this.#parts.publisher.publish(changeTopic(owner, past.state.kind), [changeMessage(id, publicState(past.state))]);
      this.#parts.metrics.published.inc();
    }
    await this.#resolve(past);
    open.spread.add(index);
  }

  /** Only at the winner's site, so that one resolving write is made; its own intent brings it everywhere. */
  async #resolve(past: Past): Promise<void> {
    const loser = findConflict(past);
    if (loser === undefined || past.state?.site !== this.#parts.changeLog.site) return;
    const { operation, row } = resolvingOperation(past.state, loser);
    const { writer, intents, log } = this.#parts.changeLog;
    const result = await writer.write(operation, row, new FreshIntent(intents, operation));
    if (result.outcome === 'written') log.warn({ tenant: operation.tenant, kind: row.kind, id: row.id, kept: past.state.tag, lost: loser.tag }, 'two sites changed this at once; the later change stands');
  }

  #isOwn(open: OpenIntent): boolean {
    return open.intent.origin === this.#parts.changeLog.site;
  }
}
