/** A planted error: the check must find each of them. */
export const FAULTS = [
  'publish-at-sight-of-the-intent',
  'publish-before-the-write',
  'move-watermark-on-partial-scan',
  'dedupe-by-time',
  'leave-followers',
  'drop-without-sure-read',
  'never-resolve',
  'move-watermark-past-open-intents',
  'write-on-an-old-intent',
  'forget-the-history-row',
] as const;
export type Fault = (typeof FAULTS)[number];

export type Site = 'a' | 'b';
export const SITES: readonly Site[] = ['a', 'b'];

/** Runs until its next wait, which it yields in ms; whatever lies between two yields happens at once. */
export type Process = Generator<number, void>;

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** Time, chance and the line between the sites. The same seed gives the same run. */
export class World {
  now = 0;
  lineIsUp = true;
  cutAt = 0;
  readonly fault: Fault | undefined;
  readonly skew: Record<Site, number>;
  readonly kafkaIsUp: Record<Site, boolean> = { a: true, b: true };
  /** chances of trouble are over: everything must come right */
  calm = false;
  readonly #agenda: Due[] = [];
  #seed: number;

  constructor(seed: number, fault?: Fault) {
    this.#seed = seed;
    this.fault = fault;
    this.skew = { a: 0, b: Math.floor(this.random() * 4_000) - 2_000 };
  }

  random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  clock(site: Site): number {
    return this.now + this.skew[site];
  }

  after(delay: number, run: () => void): void {
    const at = this.now + delay;
    let index = this.#agenda.length;
    while (index > 0 && (this.#agenda[index - 1]?.at ?? 0) > at) index -= 1;
    this.#agenda.splice(index, 0, { at, run });
  }

  runUntil(end: number): void {
    for (let next = this.#agenda[0]; next !== undefined && next.at <= end; next = this.#agenda[0]) {
      this.#agenda.shift();
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }

  /** `mortal`: the chance at each step to be killed; `again` starts what takes its place. */
  spawn(process: Process, mortal: number, again?: () => void): void {
    const step = (): void => {
      if (!this.calm && this.chance(mortal)) return again === undefined ? undefined : this.after(500 + this.random() * 8_000, again);
      const { done, value } = process.next();
      if (done !== true) this.after(value + this.random() * 20 + this.#stall(), step);
    };
    this.after(0, step);
  }

  /** Now and then a process is held up, longer than the other site waits for a write. */
  #stall(): number {
    return !this.calm && this.chance(0.01) ? 30_000 : 0;
  }
}
