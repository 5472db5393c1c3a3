import type { Logger } from 'pino';
import { minuteOf, type IntentLog } from './intent-log.store.ts';
import type { IntentSettler } from './intent-settler.ts';
import { OpenIntents, type OpenIntent } from './open-intents.ts';
import type { Origin, Origins } from './origins.store.ts';
import type { RelayFigures } from './relay-metrics.ts';

export interface FollowerParts {
  readonly intents: IntentLog;
  readonly origins: Origins;
  readonly settler: IntentSettler;
  readonly log: Logger;
}

/** An intent may be inserted this long after its minute was chosen (FreshIntent bounds it far below). */
const GRACE_MINUTES = 2;
const MINUTES_AT_ONCE = 10;
const SETTLED_AT_ONCE = 32;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Two ways of reading, one memory of ids. The poll sees what is new within milliseconds but may miss what arrives late from another site;
 * the scan reads from the watermark at EACH_QUORUM, misses nothing, and only its success moves the watermark. After a heal it reads the whole gap.
 */
export class IntentFollower {
  readonly #parts: FollowerParts;
  readonly #open = new OpenIntents();
  readonly #watermarks = new Map<string, number>();
  #lastPoll: { readonly at: number; readonly clock: number; readonly tookMs: number } | undefined;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  get lastPoll(): { readonly at: number; readonly clock: number } | undefined {
    return this.#lastPoll;
  }

  get isBlocked(): boolean {
    return this.#open.isBlocked;
  }

  async poll(): Promise<void> {
    const at = performance.now();
    const clock = Date.now();
    const now = minuteOf(clock);
    const origins = await this.#parts.origins.all();
    // The minute ahead: a writer's clock may be before ours.
    const found = await Promise.all(origins.map(({ site }) => this.#parts.intents.read(site, [now - 1, now, now + 1], 'local')));
    this.#open.add(found.flat(), performance.now());
    await this.#settleDue();
    this.#lastPoll = { at, clock, tookMs: performance.now() - at };
  }

  /** Many intents a minute make a poll dearer: it then comes less often instead of eating a core. */
  pollPauseMs(usual: number): number {
    return Math.min(LONGEST_PAUSE_MS, Math.max(usual, 3 * (this.#lastPoll?.tookMs ?? 0)));
  }

  async scan(): Promise<void> {
    for (const origin of await this.#parts.origins.all()) await this.#scanOrigin(origin);
  }

  watermarks(): Record<string, string> {
    return Object.fromEntries([...this.#watermarks].map(([origin, minute]) => [origin, new Date(minute * 60_000).toISOString()]));
  }

  figures(holdsLease: boolean): RelayFigures {
    const worst = Math.min(...this.#watermarks.values(), minuteOf(Date.now()));
    return {
      holdsLease,
      openIntents: this.#open.size,
      watermarkAgeMs: Date.now() - worst * 60_000,
      lastPollAgeMs: this.#lastPoll === undefined ? -1 : performance.now() - this.#lastPoll.at,
    };
  }

  async #scanOrigin(origin: Origin): Promise<void> {
    const from = await this.#parts.origins.watermark(origin);
    this.#watermarks.set(origin.site, from);
    const now = minuteOf(Date.now());
    for (let minute = from; minute <= now + 1; minute += MINUTES_AT_ONCE) {
      const minutes = Array.from({ length: Math.min(MINUTES_AT_ONCE, now + 2 - minute) }, (_, offset) => minute + offset);
      this.#open.add(await this.#parts.intents.read(origin.site, minutes, 'everywhere'), performance.now());
    }
    const next = Math.min(now - GRACE_MINUTES, this.#open.earliestMinute(origin.site));
    if (next <= from) return;
    await this.#parts.origins.moveWatermark(origin.site, next);
    this.#watermarks.set(origin.site, next);
    this.#open.forgetBefore(origin.site, next);
  }

  async #settleDue(): Promise<void> {
    await Promise.all(this.#open.due(performance.now(), SETTLED_AT_ONCE).map((open) => this.#settle(open)));
  }

  async #settle(open: OpenIntent): Promise<void> {
    try {
      if (await this.#parts.settler.settle(open, performance.now())) this.#open.close(open.intent);
      else this.#open.later(open, performance.now());
      open.blocked = false;
    } catch (error) {
      open.blocked = true;
      this.#open.later(open, performance.now());
      if (open.tries === 1) this.#parts.log.warn({ err: error, intent: open.intent.id }, 'intent not settled, trying again');
    }
  }
}
