import type { Clock } from '@sfs/service-host';

/** Time that passes when a spec says so. */
export class FakeClock implements Clock {
  #now = 0;
  readonly #due = new Set<{ readonly at: number; act(): void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): () => void {
    const entry = { at: this.#now + ms, act };
    this.#due.add(entry);
    return () => this.#due.delete(entry);
  }

  /** what is waited for now, soonest first */
  get waits(): number[] {
    return [...this.#due].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  pass(ms: number): void {
    this.#now += ms;
    for (const entry of [...this.#due]) {
      if (entry.at > this.#now || !this.#due.delete(entry)) continue;
      entry.act();
    }
  }
}
