import type { SipEndpoint } from '@sfs/sip';
import { Counter, Gauge, type Registry } from 'prom-client';

/** among the endpoint's counters, but no count */
const OPEN = 'open_transactions';

/** What check-sync and registrations count. Nothing here names a device. */
export class CheckSyncMetrics {
  readonly #registry: Registry;
  readonly #sent: Counter;
  readonly #registrations: Counter;

  constructor(registry: Registry) {
    this.#registry = registry;
    const registers = [registry];
    this.#sent = new Counter({ name: 'sfs_devices_check_syncs_total', help: 'check-sync NOTIFYs by vendor and final answer', labelNames: ['vendor', 'status'], registers });
    this.#registrations = new Counter({ name: 'sfs_devices_registrations_total', help: 'Registrations the SIP server told of: of a device, or of a number without one', labelNames: ['of', 'kind'], registers });
  }

  sent(vendor: string, status: number): void {
    this.#sent.inc({ vendor, status: String(status) });
  }

  told(of: 'device' | 'other', kind: 'registered' | 'unregistered'): void {
    this.#registrations.inc({ of, kind });
  }

  /** What others know is read when somebody scrapes. */
  watch(endpoint: SipEndpoint, waiting: () => number): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'sfs_devices_check_syncs_waiting',
      help: 'check-sync NOTIFYs that wait for their turn',
      registers,
      collect() {
        this.set(waiting());
      },
    });
    new Counter({
      name: 'sfs_devices_sip_total',
      help: 'What the SIP endpoint has seen',
      labelNames: ['event'],
      registers,
      collect() {
        this.reset();
        for (const [event, count] of Object.entries(endpoint.counters())) if (event !== OPEN) this.inc({ event }, count);
      },
    });
  }
}
