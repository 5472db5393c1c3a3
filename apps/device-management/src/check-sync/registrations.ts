import type { KnownDevices } from '../devices/known-devices.port.ts';
import type { Directory } from '../directory/directory.port.ts';
import type { Facts } from '../facts/facts.port.ts';
import type { CheckSyncMetrics } from './check-sync.metrics.ts';

export interface RegistrationsParts {
  readonly known: Pick<KnownDevices, 'ofNumber'>;
  readonly directory: Pick<Directory, 'numberOf'>;
  readonly facts: Pick<Facts, 'note'>;
  readonly metrics: Pick<CheckSyncMetrics, 'told'>;
}

const SHARED = 'This number has several devices; the SIP server does not say which of them it was.';

/** A phone of the number came or was restarted (expires > 0), or the last one went. Into the timeline of the number's devices. */
export function noteRegistration({ known, directory, facts, metrics }: RegistrationsParts, number: string, sipDomain: string, expires: number): void {
  const kind = expires > 0 ? 'registered' : 'unregistered';
  const line = directory.numberOf(sipDomain, number);
  const devices = line ? known.ofNumber(line.tenant, line.switchId, line.number) : [];
  metrics.told(devices.length > 0 ? 'device' : 'other', kind);
  const hint = devices.length > 1 ? { hint: SHARED } : {};
  for (const { tenant, mac, vendor, model } of devices) facts.note({ tenant, mac, kind, subject: `${number}@${sipDomain}`, vendor, model, ...hint });
}
