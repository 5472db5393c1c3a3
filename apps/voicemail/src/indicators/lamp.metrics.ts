import { Counter, type Registry } from 'prom-client';

/** What lamps count. */
export class LampMetrics {
  readonly #notifies: Counter;
  readonly #subscribes: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#notifies = new Counter({ name: 'sfs_voicemail_lamp_notifies_total', help: 'NOTIFYs by way and final answer', labelNames: ['way', 'status'], registers });
    this.#subscribes = new Counter({ name: 'sfs_voicemail_lamp_subscribes_total', help: 'SUBSCRIBEs by what was answered', labelNames: ['status'], registers });
  }

  told(way: 'unasked' | 'subscribed', status: number): void {
    this.#notifies.inc({ way, status: String(status) });
  }

  subscribed(status: number): void {
    this.#subscribes.inc({ status: String(status) });
  }
}
