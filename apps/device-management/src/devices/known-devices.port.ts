import type { DeviceSettings } from '@sfs/phone-config';

/** A device as it is entered. */
export interface KnownDevice {
  readonly tenant: string;
  /** 12 lower-case hex digits, unique in the deployment */
  readonly mac: string;
  /** id of a pack */
  readonly vendor: string;
  readonly model: string;
  readonly label: string;
  /** '' = no number */
  readonly switchId: string;
  readonly number: string;
  /** '' = none */
  readonly profileId: string;
  /** set for this device itself */
  readonly settings: DeviceSettings;
  /** 1 is the first */
  readonly credentialGeneration: number;
  readonly tag: string;
}

/** What is set above the device; absent = nothing. */
export interface SettingsAbove {
  readonly tenant?: DeviceSettings;
  /** of the site of the number's switch */
  readonly site?: DeviceSettings;
  readonly profile?: DeviceSettings;
}

/** Every entered device of every tenant, out of memory: from the own change log, then Kafka. A write through this replica is in it before it is answered. */
export interface KnownDevices {
  /** False until the own change log was read for the first time: then an unknown MAC may be an entered one. */
  readonly isLoaded: boolean;
  find(mac: string): KnownDevice | undefined;
  all(): Iterable<KnownDevice>;
  ofNumber(tenant: string, switchId: string, number: string): readonly KnownDevice[];
  settingsOf(device: KnownDevice): SettingsAbove;
  /** Another one when anything that is rendered from here is another: the device, its profile, the layers of its tenant and site. */
  stampOf(device: KnownDevice): string;
  /** Tells of devices whose stamp may have changed, deleted ones too; comes again and again and with many at once, so collect. */
  onChanged(listener: (macs: Iterable<string>) => void): void;
}
