/** Waits are conditions with a limit: each fails with what did not happen and what did. */

function expired(what: string, limitMs: number, seen: string): Error {
  return new Error(`${what} did not happen within ${limitMs} ms${seen === '' ? '' : `; seen: ${seen}`}`);
}

interface Waiter<T> {
  readonly wants: (value: T) => boolean;
  readonly resolve: (value: T) => void;
}

/** Everything that has arrived, and a wait for one that has not been taken yet. */
export class Arrivals<T> {
  readonly all: T[] = [];
  readonly #untaken: T[] = [];
  readonly #waiters = new Set<Waiter<T>>();
  readonly #show: (value: T) => string;

  constructor(show: (value: T) => string = String) {
    this.#show = show;
  }

  push(value: T): void {
    this.all.push(value);
    for (const waiter of this.#waiters) {
      if (!waiter.wants(value)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(value);
      return;
    }
    this.#untaken.push(value);
  }

  /** Takes the first untaken one that is wanted. */
  next(what: string, limitMs = 5000, wants: (value: T) => boolean = () => true): Promise<T> {
    const index = this.#untaken.findIndex(wants);
    const [taken] = index < 0 ? [] : this.#untaken.splice(index, 1);
    if (taken !== undefined) return Promise.resolve(taken);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(expired(what, limitMs, this.all.map(this.#show).join(', ')));
      }, limitMs);
      const waiter: Waiter<T> = {
        wants,
        resolve: (value) => {
          clearTimeout(timer);
          resolve(value);
        },
      };
      this.#waiters.add(waiter);
    });
  }
}

/** Something that happens once. */
export class Once<T> {
  readonly #arrivals = new Arrivals<T>();
  readonly #what: string;
  value: T | undefined;

  constructor(what: string) {
    this.#what = what;
  }

  settle(value: T): void {
    if (this.value !== undefined) return;
    this.value = value;
    this.#arrivals.push(value);
  }

  async within(limitMs = 5000): Promise<T> {
    if (this.value !== undefined) return this.value;
    return this.#arrivals.next(this.#what, limitMs);
  }
}

/** Asks again until there is an answer; a probe that throws counts as none. */
export async function eventually<T>(what: string, probe: () => T | undefined | Promise<T | undefined>, limitMs = 5000): Promise<T> {
  const end = performance.now() + limitMs;
  let fault = '';
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined) return value;
    } catch (error) {
      fault = String(error);
    }
    if (performance.now() > end) throw expired(what, limitMs, fault);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
