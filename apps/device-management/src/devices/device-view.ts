import { effectiveDeviceSettings, type EffectiveSettings } from '@sfs/phone-config';
import type { Window } from '../enrolment/enrolment.service.ts';
import type { Directory } from '../directory/directory.port.ts';
import type { DeviceBody, Entity } from '../entities/bodies.ts';
import { NO_STATUS, type DeviceStatus } from '../facts/device-status.ts';
import type { WaitingDevice } from '../facts/waiting-list.ts';
import { stateOf, type DeviceState } from './device-state.ts';
import type { SettingsAbove } from './known-devices.port.ts';
import type { Placed } from './projected-devices.ts';

/** A device with what is derived. */
export interface DeviceView {
  /** absent while it only waits */
  readonly entity?: Entity<'device'>;
  readonly body: DeviceBody;
  readonly state: DeviceState;
  readonly userId: string;
  readonly userName: string;
  readonly status: DeviceStatus;
  readonly window: Window | undefined;
  readonly rotating: boolean;
  readonly effective: EffectiveSettings;
}

export interface ViewSources {
  readonly known: { settingsOf(device: Placed): SettingsAbove };
  readonly directory: Pick<Directory, 'line'>;
  readonly windowOf: (mac: string) => Window | undefined;
  readonly now: () => number;
}

export function viewOf({ known, directory, windowOf, now }: ViewSources, entity: Entity<'device'>, status: DeviceStatus): DeviceView {
  const { tenant, body } = entity;
  const { mac, switchId, number, profileId, credentialGeneration } = body;
  const line = number === '' ? undefined : directory.line(tenant, switchId, number);
  const effective = effectiveDeviceSettings({ ...known.settingsOf({ tenant, switchId, profileId }), device: body.settings });
  return {
    entity,
    body,
    state: stateOf({ ...status, checkMinutes: effective.values.checkMinutes }, now()),
    userId: line?.userId ?? '',
    userName: line?.displayName ?? '',
    status,
    window: windowOf(mac),
    rotating: isRotating(status.usedGeneration, credentialGeneration),
    effective,
  };
}

/** What a phone will get once it is entered is what its tenant has. */
export function waitingView({ known }: Pick<ViewSources, 'known'>, { tenant, mac, vendor, model, firmware, address, userAgent, firstSeenAt, lastSeenAt }: WaitingDevice): DeviceView {
  return {
    body: { mac, vendor, model, label: '', switchId: '', number: '', profileId: '', settings: {}, credentialGeneration: 0 },
    state: 'waiting',
    userId: '',
    userName: '',
    status: { ...NO_STATUS, firstSeenAt, lastSeenAt, lastAddress: address, userAgent, firmware },
    window: undefined,
    rotating: false,
    effective: effectiveDeviceSettings(known.settingsOf({ tenant, switchId: '', profileId: '' })),
  };
}

/** The phone still comes with the credential before: it is valid until the new one was used. */
export function isRotating(usedGeneration: number, generation: number): boolean {
  return usedGeneration > 0 && usedGeneration < generation;
}
