const NONE = {
  received: 0, sent: 0, resent: 0, dropped_untrusted: 0, malformed: 0, oversized: 0, broken_framing: 0, connections_refused: 0, refused: 0, calls_refused: 0, send_failed: 0, unmatched: 0, handler_failed: 0,
};
export type CounterName = keyof typeof NONE;

/** What has happened so often, for metrics. */
export class Counters {
  readonly #counts: Record<CounterName, number> = { ...NONE };

  add(name: CounterName): void {
    this.#counts[name] += 1;
  }

  all(): Readonly<Record<string, number>> {
    return { ...this.#counts };
  }
}
