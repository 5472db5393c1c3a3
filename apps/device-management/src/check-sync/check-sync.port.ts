import type { Pack } from '@sfs/phone-config';
import type { Check, ServiceHost } from '@sfs/service-host';
import type { Config } from '../config.ts';
import type { KnownDevices } from '../devices/known-devices.port.ts';
import type { Directory } from '../directory/directory.port.ts';
import type { Facts } from '../facts/facts.port.ts';

export interface CheckSync {
  /** `actor`: the person who asked for it; without: a change did. Final SIP status, 408 = nobody answered. It is in timeline and status then. DomainError not-found `devices/unknown`, `devices/no-line`; unavailable. */
  send(mac: string, actor?: string): Promise<{ readonly status: number; readonly meaning: string }>;
}

export interface CheckSyncParts {
  readonly config: Config;
  readonly host: ServiceHost;
  readonly packs: readonly Pack[];
  readonly known: KnownDevices;
  readonly directory: Directory;
  readonly facts: Facts;
}

export interface RunningCheckSync extends CheckSync {
  health(): readonly Check[];
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** check-sync/start-check-sync.ts. Rejects when the SIP port is taken. */
export type StartCheckSync = (parts: CheckSyncParts) => Promise<RunningCheckSync>;
