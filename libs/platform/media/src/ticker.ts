import { FRAME_MS } from './codec.ts';

/** after a longer stall the ticks that were missed are left out */
const CATCH_UP = 10;

/** One clock for all sessions of a worker: a tick each 20 ms by performance.now(); one that is late is made up for. */
export class Ticker {
  private readonly tick: (now: number) => void;
  private timer: NodeJS.Timeout | undefined;
  private dueAt = 0;

  constructor(tick: (now: number) => void) {
    this.tick = tick;
  }

  start(): void {
    if (this.timer) return;
    this.dueAt = performance.now() + FRAME_MS;
    this.timer = setTimeout(this.run, FRAME_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly run = (): void => {
    const now = performance.now();
    if (now - this.dueAt > CATCH_UP * FRAME_MS) this.dueAt = now;
    while (this.dueAt <= now && this.timer) {
      this.dueAt += FRAME_MS;
      this.tick(now);
    }
    if (this.timer) this.timer = setTimeout(this.run, Math.max(1, this.dueAt - performance.now()));
  };
}
