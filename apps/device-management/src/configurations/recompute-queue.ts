import { DomainError } from '@sfs/kernel';
import type { Logger } from 'pino';

export interface RecomputeQueueOptions {
  /** Rejects when the device's file cannot be brought up to date. */
  readonly recompute: (mac: string) => Promise<unknown>;
  readonly log: Logger;
  /** changes that belong together come within this time */
  readonly debounceMs?: number;
  /** what could not be done is tried again after this time */
  readonly retryMs?: number;
}

const DEBOUNCE_MS = 500;
const RETRY_MS = 5000;
/** A change of a tenant's settings concerns all of its devices; between two bites whoever waits is served. */
const BITE = 50;

/** Devices whose file may have changed. Each is looked at once however often it is named, 50 at a time; when a neighbour is away the rest waits. */
export class RecomputeQueue {
  readonly #options: RecomputeQueueOptions;
  readonly #pending = new Set<string>();
  /** could not be done */
  readonly #later = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #laterTimer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(options: RecomputeQueueOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#pending.size + this.#later.size;
  }

  touch(macs: Iterable<string>): void {
    if (this.#closed) return;
    for (const mac of macs) this.#pending.add(mac);
    this.#schedule();
  }

  /** What is pending is dropped: it is looked at after the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#laterTimer);
    this.#pending.clear();
    this.#later.clear();
    await this.#running;
  }

  #schedule(): void {
    if (this.#closed || this.#pending.size === 0 || this.#timer !== undefined || this.#running !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#round().then(() => {
        this.#running = undefined;
        this.#schedule();
      });
    }, this.#options.debounceMs ?? DEBOUNCE_MS);
  }

  async #round(): Promise<void> {
    const round = [...this.#pending];
    this.#pending.clear();
    while (round.length > 0 && !this.#closed) {
      const bite = round.splice(0, BITE);
      const failures = (await Promise.all(bite.map((mac) => this.#recompute(mac)))).filter((failure) => failure !== undefined);
      if (failures.length > 0) this.#postpone(failures.length === bite.length ? [...bite, ...round.splice(0)] : failures.map(({ mac }) => mac), failures[0]?.error);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** When a whole bite fails a neighbour is away, and the rest of the round would fail as well. */
  #postpone(macs: readonly string[], error: unknown): void {
    if (this.#closed) return;
    for (const mac of macs) this.#later.add(mac);
    this.#options.log.warn({ err: error, waiting: this.#later.size }, 'files of phones cannot be brought up to date now; tried again');
    this.#laterTimer ??= setTimeout(() => {
      this.#laterTimer = undefined;
      const again = [...this.#later];
      this.#later.clear();
      this.touch(again);
    }, this.#options.retryMs ?? RETRY_MS);
  }

  /** The failure, when it may go away by itself. */
  async #recompute(mac: string): Promise<{ mac: string; error: unknown } | undefined> {
    try {
      await this.#options.recompute(mac);
      return undefined;
    } catch (error) {
      if (error instanceof DomainError) return error.kind === 'unavailable' && error.code !== 'devices/no-pack' ? { mac, error } : undefined;
      this.#options.log.error({ err: error, mac }, 'the file of a phone cannot be rendered');
      return undefined;
    }
  }
}
