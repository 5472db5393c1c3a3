import { Counter, Gauge, type Registry } from 'prom-client';
import type { PhoneFilesCounters } from './phone-files.counters.ts';
import { OUTCOMES } from './reply.ts';
import type { SweepWatch } from './sweep-watch.ts';

export interface Watched {
  readonly counters: PhoneFilesCounters;
  readonly sweeps: SweepWatch;
  inProgress(): number;
}

/** Registers what the door counts; nothing is computed between two scrapes. */
export function exposePhoneFiles({ counters, sweeps, inProgress }: Watched, registry: Registry): void {
  scraped(registry, { name: 'sfs_devices_phone_requests_total', help: 'Requests of phones by outcome', labelNames: ['outcome'] }, (metric) => {
    for (const outcome of OUTCOMES) metric.inc({ outcome }, counters.outcomes[outcome]);
  });
  scraped(registry, { name: 'sfs_devices_phone_bytes_total', help: 'Bytes of files sent to phones' }, (metric) => metric.inc(counters.bytes));
  scraped(registry, { name: 'sfs_devices_phone_broken_total', help: 'Connections that ended before their answer did' }, (metric) => metric.inc(counters.broken));
  scraped(registry, { name: 'sfs_devices_phone_dropped_total', help: 'Connections closed unheard because there were too many' }, (metric) => metric.inc(counters.dropped));
  gauge(registry, 'sfs_devices_phone_requests_in_progress', 'Requests of phones in progress', inProgress);
  gauge(registry, 'sfs_devices_sweeps', 'Addresses that are limited because they asked for too many MACs', () => sweeps.size.sweeps);
  gauge(registry, 'sfs_devices_sweep_macs_held', 'MACs held to count askers', () => sweeps.size.macs);
}

function scraped(registry: Registry, about: { name: string; help: string; labelNames?: string[] }, fill: (metric: Counter) => void): void {
  new Counter({
    ...about,
    registers: [registry],
    collect() {
      this.reset();
      fill(this);
    },
  });
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
}
