import type { Pack } from '@sfs/phone-config';
import type { Check, ServiceHost } from '@sfs/service-host';
import type { Config } from './config.ts';
import type { Configurations } from './configurations/configurations.port.ts';
import type { KnownDevices } from './devices/known-devices.port.ts';
import type { Enrolment } from './enrolment/enrolment.port.ts';
import type { Facts } from './facts/facts.port.ts';

/** What the door for phones works with; credentials are derived with SFS_DEVICES_CREDENTIAL_KEY of the config. */
export interface PhoneDoorParts {
  readonly config: Config;
  readonly host: ServiceHost;
  readonly packs: readonly Pack[];
  readonly known: KnownDevices;
  readonly enrolment: Enrolment;
  readonly facts: Facts;
  readonly configurations: Configurations;
}

export interface RunningPhoneDoor {
  readonly address: { readonly host: string; readonly port: number };
  health(): readonly Check[];
  /** New requests are refused, the running ones come to their end. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** phone-files/phone-door.ts. Rejects when the port is taken. */
export type StartPhoneDoor = (parts: PhoneDoorParts) => Promise<RunningPhoneDoor>;
