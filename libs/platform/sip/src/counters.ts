/** What has happened so often, for metrics. */
export class Counters {
  readonly #counts: Record<string, number> = {
    received: 0, sent: 0, resent: 0, dropped_untrusted: 0, malformed: 0, oversized: 0, broken_framing: 0, connections_refused: 0, refused: 0, calls_refused: 0, send_failed: 0, unmatched: 0, handler_failed: 0,
  };

  add(name: string): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + 1;
  }

  all(): Readonly<Record<string, number>> {
    return { ...this.#counts };
  }
}
