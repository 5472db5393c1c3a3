import { DomainError } from '@sfs/kernel';
import type { Logger } from 'pino';
import type { Decided, DecisionObserver, Refused } from '../decision/decision.service.ts';
import { explain } from '../decision/engine.ts';
import { questionKey, type DecisionRecord } from './decision-record.ts';
import type { DecisionsStore } from './decisions.store.ts';
import { Ring } from './ring.ts';

export interface RefusalRecord extends Refused {
  readonly time: string;
}

export interface RecorderParts {
  readonly store: DecisionsStore;
  readonly replica: string;
  readonly enabled: boolean;
  readonly log: Logger;
  readonly limits?: Partial<RecorderLimits>;
}

interface RecorderLimits {
  /** records that wait for the store; then the oldest is dropped and counted */
  readonly queued: number;
  readonly inFlight: number;
  readonly remembered: number;
}

const LIMITS: RecorderLimits = { queued: 5_000, inFlight: 16, remembered: 500 };
const RETRY_MS = 500;
/** Unbound or malformed requests can come by the thousand: one line a second says enough. */
const LOG_EVERY_MS = 1_000;

/** Keeps what was decided and why. Never waits and never throws: the call has its answer already. */
export class DecisionRecorder implements DecisionObserver {
  readonly recent: Ring<DecisionRecord>;
  readonly refusals = new Ring<RefusalRecord>(200);
  private readonly parts: RecorderParts;
  private readonly limits: RecorderLimits;
  private readonly queue: DecisionRecord[] = [];
  private inFlight = 0;
  private retry: NodeJS.Timeout | undefined;
  private refusalLoggedAt = Number.NEGATIVE_INFINITY;
  private stopped = false;
  dropped = 0;
  saved = 0;

  constructor(parts: RecorderParts) {
    this.parts = parts;
    this.limits = { ...LIMITS, ...parts.limits };
    this.recent = new Ring(this.limits.remembered);
  }

  get waiting(): number {
    return this.queue.length + this.inFlight;
  }

  /** In the tick of the decision, after the answer was handed to the socket: plan and directory are still the same, so is the trace. */
  decided({ at, call, decision, microseconds, tx }: Decided): void {
    if (!this.parts.enabled) return;
    try {
      const { trace } = explain(at, call);
      this.enqueue({
        tenant: at.tenant,
        switchId: at.switchId,
        callId: call.callId,
        question: questionKey(call, tx),
        time: new Date().toISOString(),
        from: call.from,
        to: call.to,
        summary: decision.summary,
        outcome: decision.outcome,
        revision: at.revision,
        microseconds: Math.round(microseconds),
        replica: this.parts.replica,
        planJson: JSON.stringify(decision.plan),
        traceJson: JSON.stringify(trace),
      });
    } catch (error) {
      this.dropped++;
      this.parts.log.error({ err: error, callId: call.callId }, 'decision could not be recorded');
    }
  }

  refused(refused: Refused): void {
    this.refusals.push({ ...refused, time: new Date().toISOString() });
    const now = performance.now();
    if (now - this.refusalLoggedAt < LOG_EVERY_MS) return;
    this.refusalLoggedAt = now;
    this.parts.log.warn(refused, 'request refused');
  }

  /** Gives what waits a last chance, within the time. */
  async stop(withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    while (this.waiting > 0 && this.parts.store.connected && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    this.stopped = true;
    clearTimeout(this.retry);
  }

  private enqueue(record: DecisionRecord): void {
    this.recent.push(record);
    if (this.queue.length >= this.limits.queued) {
      this.queue.shift();
      this.dropped++;
    }
    this.queue.push(record);
    this.pump();
  }

  private pump(): void {
    if (this.retry !== undefined || this.stopped) return;
    if (!this.parts.store.connected) return this.later();
    while (this.inFlight < this.limits.inFlight) {
      const record = this.queue.shift();
      if (!record) return;
      this.inFlight++;
      void this.save(record);
    }
  }

  private async save(record: DecisionRecord): Promise<void> {
    try {
      await this.parts.store.save(record);
      this.saved++;
    } catch (error) {
      this.failed(record, error);
    } finally {
      this.inFlight--;
    }
    this.pump();
  }

  private failed(record: DecisionRecord, error: unknown): void {
    const away = error instanceof DomainError && error.kind === 'unavailable';
    // Back to the head while the store is away: a record is repeatable. What the store refuses is not tried again.
    if (away && this.queue.length < this.limits.queued) this.queue.unshift(record);
    else this.dropped++;
    if (away) this.later();
    else this.parts.log.error({ err: error, callId: record.callId }, 'decision could not be recorded');
  }

  private later(): void {
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      this.pump();
    }, RETRY_MS);
  }
}
