import type { DeviceStatus, StatusPart } from './device-status.ts';
import type { NewEvent, SweepSeen } from './facts.port.ts';
import type { WaitingDevice } from './waiting-list.ts';

export interface StoredEvent extends NewEvent {
  /** time-ordered UUID: its time is when it happened */
  readonly id: string;
}

export interface EventPage {
  readonly events: readonly StoredEvent[];
  /** '' = last */
  readonly nextPageToken: string;
}

export interface StoredStatus {
  readonly tenant: string;
  readonly mac: string;
  readonly status: DeviceStatus;
}

/** Facts need no condition; each write is harmless to repeat. Failures are DomainErrors of kind unavailable. */
export interface FactsStore {
  addEvent(event: StoredEvent): Promise<void>;
  /** Older than `before`, newest first. */
  events(tenant: string, mac: string, page: { readonly size: number; readonly before: string }): Promise<EventPage>;
  writeStatus(of: { readonly tenant: string; readonly mac: string }, parts: ReadonlySet<StatusPart>, status: DeviceStatus): Promise<void>;
  readStatus(tenant: string, mac: string): Promise<DeviceStatus | undefined>;
  dropStatus(tenant: string, mac: string): Promise<void>;
  statuses(): AsyncIterable<StoredStatus>;
  putWaiting(device: WaitingDevice): Promise<void>;
  dropWaiting(tenant: string, mac: string): Promise<void>;
  readWaiting(tenant: string, mac: string): Promise<WaitingDevice | undefined>;
  waiting(): AsyncIterable<WaitingDevice>;
  putSweep(sweep: SweepSeen): Promise<void>;
  /** Newest first, of the last 30 days. */
  sweeps(now: number, most: number): Promise<readonly SweepSeen[]>;
}
