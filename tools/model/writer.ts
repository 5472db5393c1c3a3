import type { Kafka } from './kafka.ts';
import { Away, BUCKET_MS, type Row, type State, type Store } from './store.ts';
import type { Process, Site, World } from './world.ts';

export interface Operation {
  readonly site: Site;
  readonly rows: readonly Row[];
}

/** What was said to callers and what was left out on purpose. */
export interface Ledger {
  readonly operations: Operation[];
  readonly acknowledged: Set<string>;
  readonly skipped: Set<string>;
}

export interface Parts {
  readonly world: World;
  readonly store: Store;
  readonly kafka: Kafka;
  readonly ledger: Ledger;
}

export const FRESH_MS = 7_000;
let intents = 0;

/** As FreshIntent of the change log: written anew when its writer was held up. */
export class FreshIntent {
  #writtenAt: number | undefined;
  readonly #parts: Parts;
  readonly #operation: Operation;

  constructor(parts: Parts, operation: Operation) {
    this.#parts = parts;
    this.#operation = operation;
  }

  *ensure(): Process {
    const { world, store } = this.#parts;
    while (this.#writtenAt === undefined || (world.now - this.#writtenAt > FRESH_MS && world.fault !== 'write-on-an-old-intent')) {
      const begun = world.now;
      const bucket = Math.floor(world.clock(this.#operation.site) / BUCKET_MS);
      yield 1;
      store.putIntent({ id: String((intents += 1)), origin: this.#operation.site, bucket, at: world.clock(this.#operation.site), rows: this.#operation.rows });
      this.#writtenAt = begun;
    }
  }
}

/** As RowWriter: the own tag in the history decides unclear outcomes. Answers whether the row stands. */
export function* writeRow(parts: Parts, operation: Operation, row: Row, intent: FreshIntent): Generator<number, boolean> {
  const { world, store } = parts;
  for (;;) {
    const { current, history } = store.read(operation.site, row.id);
    if (history.has(row.tag)) return true;
    if (row.expect !== undefined && (current?.tag ?? '') !== row.expect) return false;
    const state = nextState(parts, operation, row);
    yield* intent.ensure();
    yield 2;
    const outcome = store.writeIf(state, current?.version);
    if (outcome === 'unknown') {
      yield 5;
      store.readSerial(operation.site, row.id);
    } else if (outcome === 'applied') {
      yield 1;
      yield* intent.ensure();
      return true;
    }
    yield world.random() * 30;
  }
}

export function nextState({ world, store }: Parts, { site }: Operation, { id, tag }: Row): State {
  const { current, history } = store.read(site, id);
  const version = Math.max(0, ...[...history.values()].map((known) => known.version)) + 1;
  return { id, tag, version, changedAt: Math.max(world.clock(site), (current?.changedAt ?? -1_000_000) + 1), site, wroteAt: 0 };
}

/** As Committer: intent, decisive row, followers, publish at once. */
export function* commit(parts: Parts, operation: Operation): Process {
  const { world, store, kafka, ledger } = parts;
  const [first, ...rest] = operation.rows;
  if (first === undefined) return;
  ledger.operations.push(operation);
  const intent = new FreshIntent(parts, operation);
  yield* intent.ensure();
  if (world.fault === 'publish-before-the-write') tryPublish(kafka, operation.site, nextState(parts, operation, first));
  yield 1;
  if (!(yield* writeRow(parts, operation, first, intent))) return;
  ledger.acknowledged.add(first.tag);
  yield 1;
  for (const row of rest) {
    if (!(yield* writeRow(parts, operation, row, intent))) ledger.skipped.add(row.tag);
    yield 1;
  }
  for (const { id } of operation.rows) {
    const { current } = store.read(operation.site, id);
    yield 3;
    if (current !== undefined) tryPublish(kafka, operation.site, current);
  }
}

function tryPublish(kafka: Kafka, site: Site, state: State): void {
  try {
    kafka.publish(site, state);
  } catch (error) {
    if (!(error instanceof Away)) throw error;
  }
}
