import type { CqlSession } from '@sfs/cassandra';
import type { Identity, Pack, RenderedFile } from '@sfs/phone-config';
import type { ServiceHost } from '@sfs/service-host';
import type { CheckSync } from '../check-sync/check-sync.port.ts';
import type { Config } from '../config.ts';
import type { KnownDevices } from '../devices/known-devices.port.ts';
import type { Directory } from '../directory/directory.port.ts';
import type { Facts } from '../facts/facts.port.ts';

/** A device's own file as it is served. */
export interface OwnFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** quoted; from the content alone */
  readonly etag: string;
  readonly revision: number;
  /** HTTP date of the revision */
  readonly lastModified: string;
  readonly lines: RenderedFile['lines'];
}

export interface PlainFile {
  readonly body: Uint8Array;
  readonly contentType: string;
}

export interface Configurations {
  /** DomainError unavailable while it cannot be rendered; not-found `devices/unknown`, `devices/no-line` (the device has no number). */
  ownFile(mac: string): Promise<OwnFile>;
  /** What was rendered last, when nothing has changed since: no database, no waiting. */
  cached(mac: string): OwnFile | undefined;
  bootstrap(identity: Identity, fileName: string): PlainFile;
  /** undefined = there is no such common file */
  common(identity: Identity, fileName: string): PlainFile | undefined;
}

export interface ConfigurationsParts {
  readonly config: Config;
  readonly host: ServiceHost;
  readonly session: CqlSession;
  readonly packs: readonly Pack[];
  readonly known: KnownDevices;
  readonly directory: Directory;
  readonly facts: Facts;
  readonly checkSync: CheckSync;
}

export interface RunningConfigurations extends Configurations {
  stop(): Promise<void>;
}

/** configurations/start-configurations.ts */
export type StartConfigurations = (parts: ConfigurationsParts) => Promise<RunningConfigurations>;
