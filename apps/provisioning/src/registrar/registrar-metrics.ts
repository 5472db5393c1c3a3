import { Gauge, type Registry } from 'prom-client';
import type { DoorStatus } from './door-queue.ts';

/** What the registrars still have to learn, by switch. */
export function watchRegistrars(metrics: Registry, status: () => ReadonlyMap<string, DoorStatus>): void {
  new Gauge({
    name: 'sfs_registrar_pending_credentials',
    help: 'Credentials not yet handed to the registrar of a switch',
    labelNames: ['switch'],
    registers: [metrics],
    collect() {
      for (const [switchId, { pending }] of status()) this.set({ switch: switchId }, pending);
    },
  });
}
