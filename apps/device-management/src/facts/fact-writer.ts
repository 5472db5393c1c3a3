import type { Logger } from 'pino';
import type { SweepSeen } from './facts.port.ts';
import type { FactsStore, StoredEvent } from './facts.store.ts';
import type { StatusBoard } from './status-board.ts';
import type { WaitingList } from './waiting-list.ts';

export type LostFact = 'event' | 'sweep';

export interface FactWriterParts {
  readonly store: FactsStore;
  readonly board: StatusBoard;
  readonly list: WaitingList;
  readonly lost: (fact: LostFact) => void;
  readonly log: Logger;
  readonly limits?: Limits;
}

interface Limits {
  readonly events: number;
  readonly sweeps: number;
  /** after the first of several facts */
  readonly delayMs: number;
  /** after a failure */
  readonly againMs: number;
}

const LIMITS: Limits = { events: 20_000, sweeps: 1_000, delayMs: 250, againMs: 1_000 };
/** Of each sort in one round. */
const ROUND = 500;
const AT_ONCE = 16;

/** Brings facts into the store behind everybody's back: bounded queues, what a round cannot write stays for the next, what no queue takes is lost and counted. */
export class FactWriter {
  readonly #parts: FactWriterParts;
  readonly #limits: Limits;
  #events: StoredEvent[] = [];
  #sweeps = new Map<string, SweepSeen>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<boolean> | undefined;
  #underWay = 0;
  #complained = false;
  #started = false;
  #stopped = false;

  constructor(parts: FactWriterParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? LIMITS;
  }

  get open(): number {
    return this.#underWay + this.#events.length + this.#sweeps.size + this.#parts.board.open + this.#parts.list.open;
  }

  addEvent(event: StoredEvent): void {
    if (this.#events.length >= this.#limits.events) return this.lose('event');
    this.#events.push(event);
    this.wake();
  }

  addSweep(sweep: SweepSeen): void {
    const key = `${sweep.beganAt} ${sweep.address}`;
    if (this.#sweeps.size >= this.#limits.sweeps && !this.#sweeps.has(key)) return this.lose('sweep');
    this.#sweeps.set(key, sweep);
    this.wake();
  }

  lose(fact: LostFact): void {
    this.#parts.lost(fact);
  }

  /** What the store held was read: from now on it may be written over. */
  start(): void {
    this.#started = true;
    this.wake();
  }

  /** Something may be to be written. */
  wake(): void {
    if (this.#started && this.#timer === undefined && this.#running === undefined && this.open > 0) this.#schedule(this.#limits.delayMs);
  }

  /** One last try, as long as it makes progress. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    while (this.#started && this.open > 0 && (await this.#round())) continue;
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#round();
      void this.#running.then((isWritten) => {
        this.#running = undefined;
        if (this.open > 0) this.#schedule(isWritten ? 0 : this.#limits.againMs);
      });
    }, ms);
    this.#timer.unref();
  }

  /** false: the store takes nothing now. */
  async #round(): Promise<boolean> {
    const { store, board, list } = this.#parts;
    const events = this.#events.splice(0, ROUND);
    const sweeps = [...this.#sweeps];
    this.#sweeps = new Map();
    const statuses = board.take(ROUND);
    const { put, drop } = list.take(ROUND);
    const work = [
      ...events.map((event) => ({ write: () => store.addEvent(event), back: () => this.#events.unshift(event) })),
      ...statuses.map((open) => ({ write: () => store.writeStatus(open, open.parts, open.status), back: () => board.reopen(open) })),
      ...put.map((device) => ({ write: () => store.putWaiting(device), back: () => list.reopenPut(device) })),
      ...drop.map(({ tenant, mac }) => ({ write: () => store.dropWaiting(tenant, mac), back: () => list.reopenDrop(tenant, mac) })),
      ...sweeps.map(([key, sweep]) => ({ write: () => store.putSweep(sweep), back: () => this.#sweeps.has(key) || this.#sweeps.set(key, sweep) })),
    ];
    this.#underWay = work.length;
    const isWritten = await this.#writeAll(work);
    this.#underWay = 0;
    this.#report(isWritten);
    return isWritten;
  }

  async #writeAll(work: readonly { readonly write: () => Promise<void>; readonly back: () => unknown }[]): Promise<boolean> {
    let next = 0;
    let failure: unknown;
    const writer = async (): Promise<void> => {
      for (let item = work[next]; item !== undefined; item = work[next]) {
        next += 1;
        if (failure !== undefined) {
          item.back();
          continue;
        }
        await item.write().catch((error: unknown) => {
          failure = error;
          item.back();
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, writer));
    if (failure !== undefined && !this.#complained) this.#parts.log.warn({ err: failure, open: this.open }, 'facts of devices wait for the store');
    return failure === undefined;
  }

  /** Once per outage. */
  #report(isWritten: boolean): void {
    if (isWritten && this.#complained) this.#parts.log.info('facts of devices are written again');
    this.#complained = !isWritten;
  }
}
