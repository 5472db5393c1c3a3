import type { KnownDevice } from '../devices/known-devices.port.ts';
import { ConfigurationMetrics } from './configuration.metrics.ts';
import type { ConfigurationsParts, RunningConfigurations, StartConfigurations } from './configurations.port.ts';
import { OwnFiles } from './own-files.ts';
import { PlainFiles } from './plain-files.ts';
import { RecomputeQueue } from './recompute-queue.ts';
import { Revisions, type Settled } from './revisions.ts';
import { CassandraRevisions } from './revisions.store.cassandra.ts';
import type { RevisionsStore } from './revisions.store.ts';
import { ProvisioningSipPasswords } from './sip-passwords.client.ts';
import type { SipPasswordSource } from './sip-passwords.port.ts';
import { SipPasswords } from './sip-passwords.ts';
import { Telling } from './telling.ts';

/** Reads nothing by itself: the sources it is given tell what there is. */
export const startConfigurations: StartConfigurations = (parts) => {
  const passwords = new ProvisioningSipPasswords(parts.config);
  const running = runConfigurations(parts, { passwords, revisions: new CassandraRevisions(parts.session) });
  return Promise.resolve({ ...running, stop: () => running.stop().finally(() => passwords.close()) });
};

export interface ConfigurationSources {
  readonly passwords: SipPasswordSource;
  readonly revisions: RevisionsStore;
  readonly now?: () => number;
  readonly debounceMs?: number;
  readonly retryMs?: number;
}

/** The same with other sources. */
export function runConfigurations({ config, host, packs, known, directory, facts, checkSync }: Omit<ConfigurationsParts, 'session'>, sources: ConfigurationSources): RunningConfigurations {
  const { log } = host;
  const metrics = new ConfigurationMetrics(host.metrics);
  const publicUrl = config.SFS_DEVICES_PUBLIC_URL;
  const telling = new Telling(checkSync, log);
  const settled = (device: KnownDevice, { revision, at, isOurs, cause }: Settled): void => {
    const { tenant, mac, vendor, model } = device;
    if (!isOurs) return facts.declared({ tenant, mac, revision, at });
    metrics.declared(vendor);
    facts.note({ tenant, mac, kind: 'revision', subject: cause, revision, vendor, model });
    // the first one waits for its phone
    if (revision > 1) telling.tell(mac);
  };
  const files = new OwnFiles({
    packs,
    known,
    directory,
    passwords: new SipPasswords(sources.passwords),
    revisions: new Revisions(sources.revisions, sources.now ?? (() => Date.now())),
    render: { credentialKey: config.SFS_DEVICES_CREDENTIAL_KEY, publicUrl },
    metrics,
    settled,
  });
  const plain = new PlainFiles(publicUrl);
  const { debounceMs, retryMs } = sources;
  const recompute = async (mac: string): Promise<void> => {
    const device = known.find(mac);
    if (device ? device.number === '' : known.isLoaded) files.forget(mac);
    else await files.ownFile(mac);
  };
  const queue = new RecomputeQueue({ recompute, log, ...(debounceMs === undefined ? {} : { debounceMs }), ...(retryMs === undefined ? {} : { retryMs }) });
  metrics.watch(() => ({ files: files.size, pending: queue.size, untold: telling.size }));
  known.onChanged((macs) => queue.touch(macs));
  directory.onChanged(({ tenant, switchId, number }) => queue.touch(known.ofNumber(tenant, switchId, number).map(({ mac }) => mac)));
  queue.touch([...known.all()].map(({ mac }) => mac));

  return {
    ownFile: (mac) => files.ownFile(mac),
    cached: (mac) => files.cached(mac),
    bootstrap: (identity, fileName) => plain.bootstrap(identity, fileName),
    common: (identity, fileName) => plain.common(identity, fileName),
    stop: async () => {
      await queue.close();
      await telling.close();
    },
  };
}
