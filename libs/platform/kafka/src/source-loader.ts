import type { Logger } from 'pino';

export interface LoaderParts {
  /** for the log */
  readonly owner: string;
  /** Asks for everything; returns how many were news. */
  readonly load: () => Promise<number>;
  /** events arrive by themselves: then the repeated load only heals what got lost */
  readonly isFollowing: () => boolean;
  readonly log: Logger;
  /** with events / without */
  readonly everyMs?: { readonly following: number; readonly alone: number };
}

const EVERY_MS = { following: 60_000, alone: 5_000 };
const RETRY_MS = 1_000;
/** A large owner takes longer to ask: loads take at most a twentieth of the time. */
const DUTY = 20;

/** Loads everything of one owner: at start, whenever Kafka comes back, and slowly for ever. One load at a time; a request meanwhile runs after it. */
export class SourceLoader {
  private readonly parts: LoaderParts;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private complained = false;
  loads = 0;

  constructor(parts: LoaderParts) {
    this.parts = parts;
  }

  request(): void {
    if (this.stopped) return;
    this.again = true;
    clearTimeout(this.timer);
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    let waitMs = RETRY_MS;
    while (this.again && !this.stopped) {
      this.again = false;
      waitMs = await this.once();
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => this.request(), waitMs);
    this.timer.unref();
  }

  /** Returns when to ask next. */
  private async once(): Promise<number> {
    const { owner, load, isFollowing, log, everyMs = EVERY_MS } = this.parts;
    const started = performance.now();
    try {
      const news = await load();
      this.loads++;
      if (this.complained || this.loads === 1) log.info({ owner, news }, 'state loaded');
      this.complained = false;
      return Math.max(isFollowing() ? everyMs.following : everyMs.alone, (performance.now() - started) * DUTY);
    } catch (error) {
      // Once per outage: it is asked every second.
      if (!this.complained) log.warn({ owner, cause: (error as Error).message }, 'state cannot be loaded, trying again');
      this.complained = true;
      return RETRY_MS;
    }
  }
}
