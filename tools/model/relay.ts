import { Away, BUCKET_MS, type Intent, type Row, type State } from './store.ts';
import { SITES, type Process, type Site } from './world.ts';
import { FRESH_MS, FreshIntent, nextState, writeRow, type Parts } from './writer.ts';

const POLL_MS = 500;
const SCAN_MS = 5_000;
const PATIENCE_MS = 1_000;
const GIVE_UP_MS = 20_000;
/** At the origin much longer: a writer that was held up may still come, and only here is it noticed. */
const GIVE_UP_OWN_MS = 60_000;
const GRACE_BUCKETS = 2;

interface Open {
  readonly intent: Intent;
  readonly seenAt: number;
  readonly spread: Set<string>;
}

/** What outlives a relay: kept in the store. */
export type Watermarks = Record<Site, number>;

/** As Relay, IntentFollower and IntentSettler of the change log. */
export class Relay {
  readonly #parts: Parts;
  readonly #site: Site;
  readonly #watermarks: Watermarks;
  readonly #open = new Map<string, Open>();
  readonly #done = new Set<string>();
  #lastId = 0;
  #scannedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: Parts, site: Site, watermarks: Watermarks) {
    this.#parts = parts;
    this.#site = site;
    this.#watermarks = watermarks;
  }

  *run(): Process {
    const { world, store } = this.#parts;
    for (;;) {
      for (const origin of SITES) this.#add(store.intents(this.#site, origin, this.#bucket() - 1));
      if (world.now - this.#scannedAt >= SCAN_MS) this.#scan();
      for (const open of [...this.#open.values()]) {
        yield 1;
        if (yield* this.#settled(open)) this.#close(open);
      }
      yield POLL_MS;
    }
  }

  #bucket(): number {
    return Math.floor(this.#parts.world.clock(this.#site) / BUCKET_MS);
  }

  #add(intents: readonly Intent[]): void {
    const { now, fault } = this.#parts.world;
    for (const intent of intents) {
      const isKnown = fault === 'dedupe-by-time' ? Number(intent.id) <= this.#lastId : this.#done.has(intent.id);
      if (!isKnown && !this.#open.has(intent.id)) this.#open.set(intent.id, { intent, seenAt: now, spread: new Set() });
    }
    this.#lastId = Math.max(this.#lastId, ...intents.map(({ id }) => Number(id)));
  }

  #scan(): void {
    const { world, store } = this.#parts;
    this.#scannedAt = world.now;
    for (const origin of SITES) {
      try {
        this.#add(store.intentsEverywhere(this.#site, origin, this.#watermarks[origin], this.#bucket() + 1));
      } catch (error) {
        if (!(error instanceof Away)) throw error;
        if (world.fault !== 'move-watermark-on-partial-scan') continue;
      }
      const open = world.fault === 'move-watermark-past-open-intents' ? [] : [...this.#open.values()];
      const earliest = open.filter(({ intent }) => intent.origin === origin).map(({ intent }) => intent.bucket);
      this.#watermarks[origin] = Math.max(this.#watermarks[origin], Math.min(this.#bucket() - GRACE_BUCKETS, ...earliest));
    }
  }

  #close({ intent }: Open): void {
    this.#open.delete(intent.id);
    this.#done.add(intent.id);
  }

  *#settled(open: Open): Generator<number, boolean> {
    const { world, kafka } = this.#parts;
    try {
      const [first, ...rest] = open.intent.rows;
      if (first === undefined) return true;
      if (world.fault === 'publish-at-sight-of-the-intent') kafka.publish(this.#site, nextState(this.#parts, { site: open.intent.origin, rows: [first] }, first));
      const decided = this.#find(open, first);
      if (decided !== 'there') return decided === 'given-up';
      yield* this.#spread(open, first);
      let isDone = true;
      for (const row of rest) isDone = (yield* this.#follow(open, row)) && isDone;
      return isDone;
    } catch (error) {
      if (error instanceof Away) return false;
      throw error;
    }
  }

  *#follow(open: Open, row: Row): Generator<number, boolean> {
    const { world, ledger } = this.#parts;
    const found = this.#find(open, row);
    if (found !== 'there') {
      const mayComplete = open.intent.origin === this.#site && world.now - open.seenAt >= PATIENCE_MS && world.fault !== 'leave-followers';
      if (!mayComplete) return found === 'given-up';
      const operation = { site: this.#site, rows: open.intent.rows };
      if (!(yield* writeRow(this.#parts, operation, row, new FreshIntent(this.#parts, operation)))) {
        ledger.skipped.add(row.tag);
        return true;
      }
    }
    yield* this.#spread(open, row);
    return true;
  }

  #find({ intent, seenAt }: Open, { id, tag }: Row): 'there' | 'waiting' | 'given-up' {
    const { world, store } = this.#parts;
    const near = store.read(this.#site, id).history.get(tag);
    if (near !== undefined) {
      this.#renewLate(intent, near);
      return 'there';
    }
    const age = world.now - seenAt;
    if (age < PATIENCE_MS) return 'waiting';
    try {
      const isOwn = intent.origin === this.#site;
      const sure = world.fault === 'drop-without-sure-read' ? store.read(this.#site, id) : isOwn ? store.readSerial(this.#site, id) : store.readEverywhere(this.#site, id);
      // A serial read may itself have completed the write just now.
      const far = sure.history.get(tag);
      if (far !== undefined) {
        this.#renewLate(intent, { ...far, wroteAt: Number.POSITIVE_INFINITY });
        return 'there';
      }
    } catch (error) {
      if (error instanceof Away) return 'waiting';
      throw error;
    }
    return age >= (intent.origin === this.#site ? GIVE_UP_OWN_MS : GIVE_UP_MS) ? 'given-up' : 'waiting';
  }

  /** Other sites may have given up a write that came long after its intent: tell them again. */
  #renewLate(intent: Intent, { wroteAt }: State): void {
    const { world, store } = this.#parts;
    if (intent.origin !== this.#site || wroteAt - intent.at <= FRESH_MS || world.fault === 'write-on-an-old-intent') return;
    store.putIntent({ ...intent, id: `${intent.id}0`, bucket: this.#bucket(), at: world.clock(this.#site) });
  }

  *#spread(open: Open, row: Row): Process {
    if (open.spread.has(row.id)) return;
    const { store, kafka } = this.#parts;
    const { current, history } = store.read(this.#site, row.id);
    if (current === undefined) return;
    kafka.publish(this.#site, current);
    yield* this.#resolve(current, [...history.values()]);
    open.spread.add(row.id);
  }

  /** Consumers would keep a loser of an equal or higher version: the winner is written once more, above all. */
  *#resolve(current: State, history: readonly State[]): Process {
    const loser = history.find(({ version, tag }) => version >= current.version && tag !== current.tag);
    if (loser === undefined || current.site !== this.#site || this.#parts.world.fault === 'never-resolve') return;
    const row = { id: current.id, tag: `${current.tag}>${loser.tag}`, expect: current.tag };
    const operation = { site: this.#site, rows: [row] };
    yield* writeRow(this.#parts, operation, row, new FreshIntent(this.#parts, operation));
  }
}
