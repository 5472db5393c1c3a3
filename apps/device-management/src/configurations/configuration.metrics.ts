import { DomainError } from '@sfs/kernel';
import { Counter, Gauge, type Registry } from 'prom-client';

export interface ConfigurationSizes {
  /** own files in memory */
  readonly files: number;
  /** devices whose file has to be looked at */
  readonly pending: number;
  /** phones that have yet to be told */
  readonly untold: number;
}

/** What rendering counts. Nothing here names a device. */
export class ConfigurationMetrics {
  readonly #registry: Registry;
  readonly #rendered: Counter;
  readonly #cached: Counter;
  readonly #failed: Counter;
  readonly #revisions: Counter;

  constructor(registry: Registry) {
    this.#registry = registry;
    const counter = (name: string, help: string, labelNames: string[] = []): Counter => new Counter({ name, help, labelNames, registers: [registry] });
    this.#rendered = counter('sfs_devices_files_rendered_total', 'Own files rendered', ['vendor']);
    this.#cached = counter('sfs_devices_files_cached_total', 'Own files answered out of memory');
    this.#failed = counter('sfs_devices_files_failed_total', 'Own files that could not be rendered, by code', ['code']);
    this.#revisions = counter('sfs_devices_revisions_total', 'Revisions this replica has declared', ['vendor']);
  }

  rendered(vendor: string): void {
    this.#rendered.inc({ vendor });
  }

  cached(): void {
    this.#cached.inc();
  }

  failed(error: unknown): void {
    this.#failed.inc({ code: error instanceof DomainError ? error.code : 'internal' });
  }

  declared(vendor: string): void {
    this.#revisions.inc({ vendor });
  }

  /** Read when somebody scrapes. */
  watch(sizes: () => ConfigurationSizes): void {
    new Gauge({
      name: 'sfs_devices_files',
      help: 'Own files in memory, devices whose file has to be looked at, phones that have yet to be told',
      labelNames: ['what'],
      registers: [this.#registry],
      collect() {
        for (const [what, count] of Object.entries(sizes())) this.set({ what }, count);
      },
    });
  }
}
