import { Counter, type Registry } from 'prom-client';
import { BUCKETS_US, OUTCOMES, type DecisionCounters } from './decision.counters.ts';

/** Registers what the counters say; nothing is computed between two scrapes. */
export function exposeCounters(counters: DecisionCounters, registry: Registry): void {
  scraped(registry, { name: 'sfs_dialplan_decisions_total', help: 'Requests by outcome', labelNames: ['outcome'] }, (metric) => {
    for (const outcome of OUTCOMES) metric.inc({ outcome }, counters.outcomes[outcome]);
  });
  scraped(registry, { name: 'sfs_dialplan_heartbeats_total', help: 'Heartbeats answered', labelNames: ['outcome'] }, (metric) => {
    metric.inc({ outcome: 'ok' }, counters.heartbeatsOk);
    metric.inc({ outcome: 'refused' }, counters.heartbeatsRefused);
  });
  scraped(registry, { name: 'sfs_dialplan_missing_state_total', help: 'Decisions without the state of the dialled number (taken as ready and idle)' }, (metric) => {
    metric.inc(counters.missingState);
  });
  scraped(registry, { name: 'sfs_dialplan_decision_seconds_sum', help: 'Time spent deciding and rendering' }, (metric) => metric.inc(counters.microseconds / 1e6));
  scraped(registry, { name: 'sfs_dialplan_decision_seconds_bucket', help: 'Decisions by time', labelNames: ['le'] }, (metric) => {
    let total = 0;
    BUCKETS_US.forEach((bound, index) => metric.inc({ le: String(bound / 1e6) }, (total += counters.buckets[index] ?? 0)));
    metric.inc({ le: '+Inf' }, total + (counters.buckets[BUCKETS_US.length] ?? 0));
  });
}

interface Scraped {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: string[];
}

function scraped(registry: Registry, about: Scraped, fill: (metric: Counter) => void): void {
  new Counter({
    ...about,
    registers: [registry],
    collect() {
      this.reset();
      fill(this);
    },
  });
}
