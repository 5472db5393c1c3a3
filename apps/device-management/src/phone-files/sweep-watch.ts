import { DistinctCount } from './distinct-count.ts';

export interface SweepWatchOptions {
  /** different MACs an address may ask for in a window */
  readonly limit: number;
  readonly windowMs?: number;
  /** more addresses, or MACs over all of them, push out the oldest */
  readonly maxAddresses?: number;
  readonly maxMacs?: number;
  readonly maxSweeps?: number;
  readonly now?: () => number;
}

/** An address below the limit: every MAC is held, so that the count is exact. */
interface Asker {
  readonly beganAt: number;
  readonly macs: Set<number>;
}

/** Above it: an estimate is enough. */
interface Sweep {
  readonly address: string;
  readonly beganAt: number;
  readonly count: DistinctCount;
  lastAt: number;
  refused: number;
  reported: number;
}

export interface SweepReport {
  readonly address: string;
  readonly beganAt: number;
  readonly lastAt: number;
  readonly macs: number;
  readonly refused: number;
}

const WINDOW_MS = 600_000;

/**
 * Counts the different MACs that an address asks for without their credential. Memory is bounded whatever comes: MACs as numbers, the oldest asker makes room;
 * who sweeps costs 1 KiB. An address whose record was pushed out begins anew, which takes tens of thousands of other addresses.
 */
export class SweepWatch {
  private readonly limit: number;
  private readonly windowMs: number;
  private readonly most: { readonly addresses: number; readonly macs: number; readonly sweeps: number };
  private readonly now: () => number;
  /** in order of beganAt, because a new window is put in anew; the same for sweeps */
  private readonly askers = new Map<string, Asker>();
  private readonly sweeps = new Map<string, Sweep>();
  private held = 0;
  /** walks along as the oldest go: a Map that is read from its beginning steps over everything that was ever deleted there */
  private order = this.askers.entries();
  private head: [string, Asker] | undefined;

  constructor({ limit, windowMs = WINDOW_MS, maxAddresses = 20_000, maxMacs = 200_000, maxSweeps = 2_000, now = Date.now }: SweepWatchOptions) {
    this.limit = limit;
    this.windowMs = windowMs;
    this.most = { addresses: maxAddresses, macs: Math.max(maxMacs, limit + 1), sweeps: maxSweeps };
    this.now = now;
  }

  /** The MAC was asked for without its credential. `limited`: too many before; `began`: just now. */
  asked(address: string, mac: string): { readonly limited: boolean; readonly began: boolean } {
    const now = this.now();
    const id = parseInt(mac, 16);
    const sweep = this.current(this.sweeps, address, now);
    if (sweep) {
      sweep.count.add(id);
      sweep.lastAt = now;
      sweep.refused += 1;
      return LIMITED;
    }
    const asker = this.current(this.askers, address, now) ?? this.begin(address, now);
    if (!asker.macs.has(id)) {
      asker.macs.add(id);
      this.held += 1;
    }
    if (asker.macs.size > this.limit) {
      this.limited(address, asker, now);
      return BEGAN;
    }
    this.makeRoom();
    return PASSED;
  }

  /** The MAC showed its credential from there: it never counts. */
  proved(address: string, mac: string): void {
    const asker = this.askers.get(address);
    if (!asker?.macs.delete(parseInt(mac, 16))) return;
    this.held -= 1;
    if (asker.macs.size === 0) this.askers.delete(address);
  }

  /** Sweeps that went on since the last call. Forgets what is over. */
  report(): SweepReport[] {
    const now = this.now();
    const going: SweepReport[] = [];
    for (const sweep of this.sweeps.values()) {
      if (sweep.refused !== sweep.reported) {
        sweep.reported = sweep.refused;
        going.push({ address: sweep.address, beganAt: sweep.beganAt, lastAt: sweep.lastAt, macs: sweep.count.count, refused: sweep.refused });
      }
      if (this.isOver(sweep, now)) this.sweeps.delete(sweep.address);
    }
    for (let oldest = this.oldest(); oldest && this.isOver(oldest[1], now); oldest = this.oldest()) this.forget(...oldest);
    return going;
  }

  /** what is held, for metrics and tests */
  get size(): { readonly addresses: number; readonly macs: number; readonly sweeps: number } {
    return { addresses: this.askers.size, macs: this.held, sweeps: this.sweeps.size };
  }

  private isOver({ beganAt }: { beganAt: number }, now: number): boolean {
    return now - beganAt >= this.windowMs;
  }

  private current<T extends Asker | Sweep>(all: Map<string, T>, address: string, now: number): T | undefined {
    const found = all.get(address);
    return found && !this.isOver(found, now) ? found : undefined;
  }

  private begin(address: string, now: number): Asker {
    const old = this.askers.get(address);
    if (old) this.forget(address, old);
    const asker = { beganAt: now, macs: new Set<number>() };
    this.askers.set(address, asker);
    return asker;
  }

  private limited(address: string, asker: Asker, now: number): void {
    const sweep: Sweep = { address, beganAt: asker.beganAt, count: new DistinctCount(), lastAt: now, refused: 1, reported: 0 };
    for (const id of asker.macs) sweep.count.add(id);
    this.forget(address, asker);
    this.sweeps.delete(address);
    this.sweeps.set(address, sweep);
    const [oldest] = this.sweeps.keys();
    if (this.sweeps.size > this.most.sweeps && oldest !== undefined) this.sweeps.delete(oldest);
  }

  private makeRoom(): void {
    while (this.askers.size > this.most.addresses || this.held > this.most.macs) {
      const oldest = this.oldest();
      if (!oldest) return;
      this.forget(...oldest);
    }
  }

  private oldest(): [string, Asker] | undefined {
    for (;;) {
      if (this.head && this.askers.get(this.head[0]) === this.head[1]) return this.head;
      const next = this.order.next();
      if (!next.done) {
        this.head = next.value;
        continue;
      }
      this.head = undefined;
      // an iterator that has ended hears of nothing any more
      this.order = this.askers.entries();
      if (this.askers.size === 0) return undefined;
    }
  }

  private forget(address: string, asker: Asker): void {
    this.held -= asker.macs.size;
    this.askers.delete(address);
  }
}

const PASSED = { limited: false, began: false } as const;
const LIMITED = { limited: true, began: false } as const;
const BEGAN = { limited: true, began: true } as const;
