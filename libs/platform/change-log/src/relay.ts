import { setTimeout as pause } from 'node:timers/promises';
import { Tick } from '@sfs/contracts';
import type { Publisher } from '@sfs/kafka';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { changeMessage } from './change-event.ts';
import type { ChangeLog } from './change-log.ts';
import { IntentFollower } from './intent-follower.ts';
import { IntentSettler } from './intent-settler.ts';
import { Origins } from './origins.store.ts';
import { RelayLease } from './relay-lease.ts';
import { createRelayMetrics } from './relay-metrics.ts';
import { publicState, type StoredState } from './stored-state.ts';
import { Sweeper } from './sweeper.ts';
import { changeTopic, tickTopic } from './topics.ts';

export interface RelayOptions {
  readonly changeLog: ChangeLog;
  readonly publisher: Publisher;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly instance: string;
}

export interface RelayStatus {
  readonly holdsLease: boolean;
  /** instance that relays, as far as known */
  readonly holder: string;
  readonly openIntents: number;
  /** since the intent log was last read completely; -1 = never by this instance */
  readonly lastPollAgeMs: number;
  /** ISO minute by origin up to which everything was read from every site */
  readonly watermarks: Readonly<Record<string, string>>;
  /** what an operator has to do; '' = nothing */
  readonly alarm: string;
}

const POLL_MS = 200;
const SCAN_MS = 10_000;
const TICK_MS = 1_000;
const SWEEP_MS = 3_600_000;
/** a sweep that failed while a site was cut off is made up soon after */
const SWEEP_LOOK_MS = 60_000;
/** ticks stop when the log could not be read for this long: silence is not freshness */
const FRESH_POLL_MS = 2_000;
/** Cassandra keeps hints for 3 h; what was lost beyond is found by our scan, but other tables need a repair */
const HINT_WINDOW_MS = 3 * 3_600_000;
const LIMIT_IN_FLIGHT = 1_000;

/** Follows the intent log of every origin and publishes at this site. Also makes every commit of this process publish at once. */
export class Relay {
  readonly #options: RelayOptions;
  readonly #lease: RelayLease;
  readonly #origins: Origins;
  readonly #follower: IntentFollower;
  readonly #sweeper: Sweeper;
  readonly #stop = new AbortController();
  readonly #lastBeats = new Map<string, string>();
  #inFlight = 0;
  #nextSweepAt = performance.now() + SWEEP_MS;
  #running: Promise<unknown> | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    const { session, site } = options.changeLog.parts;
    this.#lease = new RelayLease(session, site, options);
    this.#origins = new Origins(session, site);
    const metrics = createRelayMetrics(options.metrics, () => this.#follower.figures(this.#lease.isHeld));
    const settler = new IntentSettler({ changeLog: options.changeLog.parts, publisher: options.publisher, metrics });
    this.#follower = new IntentFollower({ intents: options.changeLog.parts.intents, origins: this.#origins, settler, log: options.log });
    this.#sweeper = new Sweeper(options.changeLog.parts, options.publisher);
    options.changeLog.attach((intentId, states) => this.#publishNow(intentId, states));
  }

  /** Returns at once; works in the background whenever this instance has the lease. */
  start(): void {
    const stop = this.#stop.signal;
    this.#running ??= Promise.all([
      this.#lease.run(stop),
      this.#every(() => this.#follower.pollPauseMs(POLL_MS), () => this.#follower.poll()),
      this.#every(() => SCAN_MS, () => this.#follower.scan()),
      this.#every(() => TICK_MS, () => this.#tick()),
      this.#every(() => SWEEP_LOOK_MS, () => this.#sweepWhenDue()),
    ]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  status(): RelayStatus {
    const figures = this.#follower.figures(this.#lease.isHeld);
    return {
      holdsLease: figures.holdsLease,
      holder: this.#lease.holder,
      openIntents: figures.openIntents,
      lastPollAgeMs: Math.round(figures.lastPollAgeMs),
      watermarks: this.#follower.watermarks(),
      alarm: figures.watermarkAgeMs > HINT_WINDOW_MS ? 'A site was cut off for longer than Cassandra keeps hints: run repair.' : '',
    };
  }

  async #every(waitMs: () => number, work: () => Promise<void>): Promise<void> {
    const signal = this.#stop.signal;
    let failing = false;
    while (!signal.aborted) {
      try {
        if (this.#lease.isHeld) {
          await this.#options.changeLog.ready();
          await work();
        }
        failing = false;
      } catch (error) {
        if (!failing) this.#options.log.warn({ err: error }, 'relay is held up, trying again');
        failing = true;
      }
      await pause(this.#lease.isHeld ? waitMs() : POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #sweepWhenDue(): Promise<void> {
    if (performance.now() < this.#nextSweepAt) return;
    const count = await this.#sweeper.sweep();
    this.#nextSweepAt = performance.now() + SWEEP_MS;
    this.#options.log.info({ count }, 'swept: every entity was published once more');
  }

  /** For our own origin the time of our last complete reading; for another one what its relay says, so that a cut line shows as silence. */
  async #tick(): Promise<void> {
    const read = this.#follower.lastPoll;
    if (read === undefined || this.#follower.isBlocked || performance.now() - read.at > FRESH_POLL_MS) return;
    const { site } = this.#options.changeLog.parts;
    const beat = new Date(read.clock).toISOString();
    await this.#sendTick(site, beat);
    await this.#origins.beat(beat);
    const others = (await this.#origins.all()).filter((origin) => origin.site !== site);
    for (const origin of others) if (origin.beat !== '') await this.#sendTick(origin.site, origin.beat);
  }

  async #sendTick(site: string, time: string): Promise<void> {
    if (this.#lastBeats.get(site) === time) return;
    const { owner } = this.#options.changeLog.parts;
    await this.#options.publisher.publish(tickTopic(owner), [{ key: site, value: Tick.encode({ site, owner, time }).finish() }]);
    this.#lastBeats.set(site, time);
  }

  async #publishNow(intentId: string, states: readonly StoredState[]): Promise<void> {
    if (this.#inFlight >= LIMIT_IN_FLIGHT) return;
    this.#inFlight += 1;
    try {
      const { kinds, owner } = this.#options.changeLog.parts;
      const published = states.filter(({ kind }) => kinds.get(kind)?.published === true);
      await Promise.all(published.map((state) => this.#options.publisher.publish(changeTopic(owner, state.kind), [changeMessage(intentId, publicState(state))])));
    } catch (error) {
      this.#options.log.debug({ err: error, intentId }, 'not published at once, left to the relay');
    } finally {
      this.#inFlight -= 1;
    }
  }
}
