import type { Directory } from '../directory/directory.port.ts';

const POLL_MS = 200;

/** What needs the directory waits, after a start, until it is there: told earlier it would be told to nobody, and taken as told. */
export class DirectoryWait {
  readonly #directory: Pick<Directory, 'isLoaded'>;
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(directory: Pick<Directory, 'isLoaded'>) {
    this.#directory = directory;
  }

  /** At once when it is loaded; never after `stop`. */
  whenLoaded(act: () => void): void {
    if (this.#stopped) return;
    if (this.#directory.isLoaded && this.#waiting.length === 0) return act();
    this.#waiting.push(act);
    this.#timer ??= setTimeout(() => this.#look(), POLL_MS);
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
    clearTimeout(this.#timer);
  }

  #look(): void {
    this.#timer = undefined;
    if (!this.#directory.isLoaded) {
      this.#timer = setTimeout(() => this.#look(), POLL_MS);
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const act of waiting) act();
  }
}
