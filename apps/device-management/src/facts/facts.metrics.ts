import { Counter, Gauge, type Registry } from 'prom-client';
import type { LostFact } from './fact-writer.ts';

/** Nothing here names a device. */
export class FactsMetrics {
  readonly #registry: Registry;
  readonly #lost: Counter;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#lost = new Counter({ name: 'sfs_devices_facts_lost_total', help: 'lines of timelines and sweeps that were not kept: a queue was full or a device too loud', labelNames: ['fact'], registers: [registry] });
  }

  readonly lost = (fact: LostFact): void => this.#lost.inc({ fact });

  watch(open: () => number): void {
    new Gauge({ name: 'sfs_devices_facts_open', help: 'facts that are not in the store yet', registers: [this.#registry], collect() { this.set(open()); } });
  }
}
