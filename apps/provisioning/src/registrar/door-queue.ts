import type { Logger } from 'pino';
import { RefusedByDoor } from './registrar.client.ts';

export interface DoorQueueOptions {
  readonly switchId: string;
  /** brings the registrar to the state that is stored now; answers the tag of that state */
  readonly handOver: (key: string) => Promise<string>;
  readonly log: Logger;
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
}

export interface DoorStatus {
  readonly pending: number;
  /** '' = the last attempt went well */
  readonly failure: string;
  /** credentials that cannot be handed over however often it is tried */
  readonly refused: number;
}

/** What one registrar still has to learn. One after the other; while the door is away with growing pauses, without end. */
export class DoorQueue {
  private readonly options: DoorQueueOptions;
  private readonly waiters = new Map<string, (() => void)[]>();
  private readonly handed = new Map<string, string>();
  private readonly refused = new Set<string>();
  private working: Promise<void> | undefined;
  private wake: (() => void) | undefined;
  private underWay: string | undefined;
  private failure = '';
  private stopped = false;

  constructor(options: DoorQueueOptions) {
    this.options = options;
  }

  /** Resolves when the registrar has it. */
  push(key: string): Promise<void> {
    const done = new Promise<void>((resolve) => this.waiters.set(key, [...(this.waiters.get(key) ?? []), resolve]));
    this.working ??= this.work().finally(() => (this.working = undefined));
    return done;
  }

  /** As `push` unless this process has handed over exactly this state, or is about to. */
  ensure(key: string, tag: string): void {
    if (this.handed.get(key) === tag || this.refused.has(key) || this.waiters.has(key)) return;
    void this.push(key);
  }

  /** The registrar may have lost what it had: everything is to be handed over again. */
  forget(): void {
    this.handed.clear();
    this.refused.clear();
  }

  status(): DoorStatus {
    const underWay = this.underWay !== undefined && !this.waiters.has(this.underWay) ? 1 : 0;
    return { pending: this.waiters.size + underWay, failure: this.failure, refused: this.refused.size };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.working;
  }

  private async work(): Promise<void> {
    const { firstPauseMs = 250, longestPauseMs = 10_000 } = this.options;
    let pauseMs = firstPauseMs;
    for (let key = this.next(); key !== undefined && !this.stopped; key = this.next()) {
      if (await this.attempt(key)) {
        pauseMs = firstPauseMs;
        continue;
      }
      await this.pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  private next(): string | undefined {
    return this.waiters.keys().next().value;
  }

  /** Waiters that come while the state is on its way belong to the next round: their state may be newer. */
  private async attempt(key: string): Promise<boolean> {
    const waiters = this.waiters.get(key) ?? [];
    this.waiters.delete(key);
    this.underWay = key;
    try {
      this.handed.set(key, await this.options.handOver(key));
      this.recovered();
    } catch (error) {
      if (!(error instanceof RefusedByDoor)) {
        this.waiters.set(key, [...waiters, ...(this.waiters.get(key) ?? [])]);
        this.underWay = undefined;
        this.failed(error);
        return false;
      }
      this.refused.add(key);
      this.options.log.error({ switch: this.options.switchId, key, err: error }, 'the registrar refuses a credential');
    }
    this.underWay = undefined;
    for (const resolve of waiters) resolve();
    return true;
  }

  private recovered(): void {
    if (this.failure !== '') this.options.log.info({ switch: this.options.switchId }, 'the registrar takes credentials again');
    this.failure = '';
  }

  private failed(error: unknown): void {
    const failure = error instanceof Error ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ''}` : String(error);
    if (failure !== this.failure) this.options.log.warn({ switch: this.options.switchId, failure }, 'credentials cannot be handed to the registrar, trying again');
    this.failure = failure;
  }

  private async pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }
}
