import type { Intent } from './intent-log.store.ts';

export interface OpenIntent {
  readonly intent: Intent;
  /** monotonic: the origin's clock is not ours */
  readonly seenAt: number;
  /** rows whose state was published and listed */
  readonly spread: Set<number>;
  tries: number;
  dueAt: number;
  /** the store or Kafka failed on it: freshness must not be claimed */
  blocked: boolean;
  isRenewed: boolean;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_000;
/** then its writer is dead with near certainty, and looking costs a serial read */
const OLD_MS = 60_000;
const OLD_WAIT_MS = 10_000;

/** Intents this relay has seen: what is to be done, and which ids need no second look. Ids, never times, tell what is known. */
export class OpenIntents {
  readonly #open = new Map<string, OpenIntent>();
  /** by origin and minute, so that what lies before the watermark can be forgotten */
  readonly #done = new Map<string, Map<number, Set<string>>>();

  get size(): number {
    return this.#open.size;
  }

  get isBlocked(): boolean {
    return [...this.#open.values()].some(({ blocked }) => blocked);
  }

  add(intents: readonly Intent[], now: number): void {
    for (const intent of intents) {
      if (this.#open.has(intent.id) || this.#isDone(intent)) continue;
      this.#open.set(intent.id, { intent, seenAt: now, spread: new Set(), tries: 0, dueAt: now, blocked: false, isRenewed: false });
    }
  }

  /** Newest first: after a long gap a change of this second must not wait for those of an hour. */
  due(now: number, limit: number): OpenIntent[] {
    const due = [...this.#open.values()].filter(({ dueAt }) => dueAt <= now);
    return due.sort((a, b) => b.intent.minute - a.intent.minute || b.seenAt - a.seenAt).slice(0, limit);
  }

  close({ id, origin, minute }: Intent): void {
    this.#open.delete(id);
    const minutes = this.#done.get(origin) ?? new Map<number, Set<string>>();
    this.#done.set(origin, minutes);
    minutes.set(minute, (minutes.get(minute) ?? new Set()).add(id));
  }

  later(open: OpenIntent, now: number): void {
    open.tries += 1;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(open.tries - 1, 10));
    open.dueAt = now + (now - open.seenAt > OLD_MS && !open.blocked ? OLD_WAIT_MS : wait);
  }

  /** The watermark of an origin may not pass this. */
  earliestMinute(origin: string): number {
    const minutes = [...this.#open.values()].filter(({ intent }) => intent.origin === origin).map(({ intent }) => intent.minute);
    return minutes.reduce((least, minute) => Math.min(least, minute), Number.POSITIVE_INFINITY);
  }

  /** Minutes before the watermark are never read again. */
  forgetBefore(origin: string, minute: number): void {
    const minutes = this.#done.get(origin);
    for (const known of minutes?.keys() ?? []) if (known < minute - 1) minutes?.delete(known);
  }

  #isDone({ id, origin, minute }: Intent): boolean {
    return this.#done.get(origin)?.get(minute)?.has(id) === true;
  }
}
