import { Counter, Gauge, type Registry } from 'prom-client';

export interface RelayFigures {
  readonly openIntents: number;
  readonly holdsLease: boolean;
  /** of the origin followed worst; how far EACH_QUORUM reads have come */
  readonly watermarkAgeMs: number;
  readonly lastPollAgeMs: number;
}

export interface RelayMetrics {
  readonly published: Counter;
  readonly dropped: Counter;
  readonly completed: Counter;
  readonly skipped: Counter;
}

/** Figures are read when the metrics are scraped. */
export function createRelayMetrics(registry: Registry, figures: () => RelayFigures): RelayMetrics {
  const counter = (name: string, help: string): Counter => new Counter({ name: `sfs_change_log_${name}_total`, help, registers: [registry] });
  const gauge = (name: string, help: string, value: (now: RelayFigures) => number): Gauge =>
    new Gauge({
      name: `sfs_change_log_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value(figures()));
      },
    });
  gauge('open_intents', 'Intents seen and not settled', ({ openIntents }) => openIntents);
  gauge('relay_lease', '1 where this instance relays', ({ holdsLease }) => (holdsLease ? 1 : 0));
  gauge('watermark_age_seconds', 'Age of the worst watermark; above the hint window: run repair', ({ watermarkAgeMs }) => watermarkAgeMs / 1000);
  gauge('last_poll_age_seconds', 'Age of the last complete reading of the intent log', ({ lastPollAgeMs }) => lastPollAgeMs / 1000);
  return {
    published: counter('published', 'States published by the relay'),
    dropped: counter('dropped_intents', 'Intents whose writer died before the write'),
    completed: counter('completed_rows', 'Rows completed for a writer that died'),
    skipped: counter('skipped_rows', 'Rows left out because they were changed meanwhile'),
  };
}
