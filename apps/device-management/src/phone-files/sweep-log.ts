import type { Logger } from 'pino';
import type { SweepReport } from './sweep-watch.ts';

const EVERY_MS = 60_000;
/** More addresses than this sweep at once: the rest is one line. */
const MOST_LINES = 20;

/** One line a minute for each address that sweeps. */
export class SweepLog {
  private readonly log: Pick<Logger, 'warn'>;
  private readonly going = new Map<string, SweepReport>();
  private flushedAt = 0;

  constructor(log: Pick<Logger, 'warn'>) {
    this.log = log;
  }

  note(sweep: SweepReport): void {
    this.going.set(sweep.address, sweep);
  }

  flush(now: number): void {
    if (this.going.size === 0 || now - this.flushedAt < EVERY_MS) return;
    this.flushedAt = now;
    const sweeps = [...this.going.values()].sort((a, b) => b.refused - a.refused);
    this.going.clear();
    for (const { address, macs, refused } of sweeps.slice(0, MOST_LINES)) this.log.warn({ address, macs, refused }, 'sweep: asks for many devices without their credentials; it gets 429 and no secret');
    if (sweeps.length > MOST_LINES) this.log.warn({ addresses: sweeps.length - MOST_LINES }, 'more addresses sweep');
  }
}
