import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

const RETRY_MS = 500;

/** Work that must succeed once before the service is ready, tried again until the store lets it. */
export class FirstContact {
  private readonly abort = new AbortController();
  private readonly running: Promise<void>;
  private made = false;
  private cause = 'not yet';

  constructor(work: () => Promise<void>, log: Logger) {
    this.running = this.run(work, log);
  }

  get isMade(): boolean {
    return this.made;
  }

  /** why it was not made yet */
  get detail(): string {
    return this.cause;
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async run(work: () => Promise<void>, log: Logger): Promise<void> {
    while (!this.abort.signal.aborted) {
      try {
        await work();
        this.made = true;
        return;
      } catch (error) {
        const cause = error instanceof Error ? error.message : String(error);
        if (cause !== this.cause) log.info({ cause }, 'waits for its store');
        this.cause = cause;
      }
      await pause(RETRY_MS, undefined, { signal: this.abort.signal }).catch(() => undefined);
    }
  }
}
