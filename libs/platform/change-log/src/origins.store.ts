import { numberOf, textOf, type CqlSession } from '@sfs/cassandra';
import { putBeat, putOrigin, putWatermark, readOrigins, readWatermarks } from './change-log.cql.ts';
import { INTENT_TTL_MINUTES, minuteOf } from './intent-log.store.ts';

export interface Origin {
  readonly site: string;
  /** minute from which it may have intents */
  readonly since: number;
  /** ISO time up to which the relay there has published; '' = never */
  readonly beat: string;
}

/** A site that begins may have written before its relay registered it. */
const HEAD_START_MINUTES = 60;
const KNOWN_MS = 500;

/** Which origins there are and how far this site has followed each. */
export class Origins {
  readonly #session: CqlSession;
  readonly #site: string;
  #known: { readonly at: number; readonly origins: Origin[] } | undefined;

  constructor(session: CqlSession, site: string) {
    this.#session = session;
    this.#site = site;
  }

  /** A site is added once in years and its beat comes once a second: asked for at most twice a second. */
  async all(): Promise<Origin[]> {
    if (this.#known === undefined || performance.now() - this.#known.at > KNOWN_MS) this.#known = { at: performance.now(), origins: await this.#read() };
    return this.#known.origins;
  }

  async #read(): Promise<Origin[]> {
    const { rows } = await this.#session.execute(readOrigins, []);
    const origins = rows.map((row) => ({ site: textOf(row, 'site'), since: numberOf(row, 'since') ?? 0, beat: textOf(row, 'beat') }));
    if (origins.some(({ site, since }) => site === this.#site && since > 0)) return origins;
    const own = { site: this.#site, since: minuteOf(Date.now()) - HEAD_START_MINUTES, beat: '' };
    await this.#session.execute(putOrigin, [own.since, own.site]);
    return [...origins.filter(({ site }) => site !== this.#site), own];
  }

  async beat(time: string): Promise<void> {
    await this.#session.execute(putBeat, [time, this.#site]);
  }

  /** Minute up to which everything of the origin was read, never before what the log still holds. */
  async watermark({ site, since }: Origin): Promise<number> {
    const { rows } = await this.#session.execute(readWatermarks, [this.#site]);
    const row = rows.find((candidate) => textOf(candidate, 'origin') === site);
    const kept = row === undefined ? since : (numberOf(row, 'minute') ?? since);
    return Math.max(kept, minuteOf(Date.now()) - INTENT_TTL_MINUTES);
  }

  async moveWatermark(origin: string, minute: number): Promise<void> {
    await this.#session.execute(putWatermark, [minute, this.#site, origin]);
  }
}
