import { cassandraOptions, connectCassandra } from '@sfs/cassandra';
import { ChangeLog, Relay } from '@sfs/change-log';
import { DeviceSettingsServiceService, DevicesServiceService } from '@sfs/contracts';
import { createPublisher, kafkaOptions } from '@sfs/kafka';
import { FirstContact, startGrpc, type RunningService, type ServiceHost } from '@sfs/service-host';
import { AppModule, type AppParts } from './app.module.ts';
import type { CheckSync, StartCheckSync } from './check-sync/check-sync.port.ts';
import type { Config } from './config.ts';
import type { Configurations, StartConfigurations } from './configurations/configurations.port.ts';
import { deviceManagementHealth } from './device-management-health.ts';
import { DeviceFilesService } from './devices/device-files.service.ts';
import { DeviceHistory } from './devices/device-history.ts';
import { DeviceList } from './devices/device-list.ts';
import { DeviceTimeline } from './devices/device-timeline.ts';
import { DevicesService } from './devices/devices.service.ts';
import { ENTITY_KINDS } from './entities/entity-kinds.ts';
import { LayersService } from './layers/layers.service.ts';
import { contact, openMemory, type Memory } from './open-memory.ts';
import type { StartPhoneDoor } from './phone-door.port.ts';
import { ProfilesService } from './profiles/profiles.service.ts';
import { openSources } from './sources.ts';

const SERVICES = {
  'sfs.devices.v1.DevicesService': DevicesServiceService,
  'sfs.devices.v1.DeviceSettingsService': DeviceSettingsServiceService,
};

/** The sides that face phones. */
export interface PhoneSides {
  readonly startCheckSync: StartCheckSync;
  readonly startConfigurations: StartConfigurations;
  readonly startPhoneDoor: StartPhoneDoor;
}

/** Listens at once; ready at the first contact with a store that fits, when the devices are known. */
export async function buildDeviceManagement(config: Config, host: ServiceHost, { startCheckSync, startConfigurations, startPhoneDoor }: PhoneSides): Promise<RunningService> {
  const { log, metrics } = host;
  const session = connectCassandra({ ...cassandraOptions(config), log });
  const publisher = createPublisher({ ...kafkaOptions(config), log });
  const changeLog = new ChangeLog({ session, keyspace: config.SFS_CASSANDRA_KEYSPACE, owner: 'devices', site: config.SFS_SITE, kinds: ENTITY_KINDS, log });
  const relay = new Relay({ changeLog, publisher, log, metrics, instance: config.SFS_INSTANCE });
  const memory = openMemory({ config, host, session, changeLog });
  const { known, directory, facts, enrolment, writer } = memory;
  const shared = { config, host, packs: memory.packs.all, known, directory, facts };
  const checkSync = await startCheckSync(shared);
  const configurations = await startConfigurations({ ...shared, session, checkSync });
  const grpc = await openDoor(config, host, slicesOf(memory, checkSync, configurations));
  const door = await startPhoneDoor({ ...shared, enrolment, configurations });
  // Last, so that nothing that is told is missed.
  const sources = openSources({ config, host, changeLog, directory, known, enrolment, facts });
  relay.start();
  const firstContact = new FirstContact(() => contact(session, changeLog, config.SFS_CASSANDRA_KEYSPACE), log);
  return {
    health: () => deviceManagementHealth({ session, firstContact, relay, sources, memory, checkSync, door }),
    drain: async () => {
      await Promise.all([door.drain(), grpc.close(), checkSync.drain()]);
    },
    stop: async () => {
      await door.stop();
      await configurations.stop();
      await checkSync.stop();
      await Promise.all([firstContact.stop(), sources.stop(), relay.stop(), writer.stop()]);
      await Promise.all([publisher.close(), session.close()]);
    },
  };
}

function slicesOf(memory: Memory, checkSync: CheckSync, configurations: Configurations): AppParts {
  const { packs, directory, known, enrolment, facts, waiting, store } = memory;
  const now = Date.now;
  return {
    packs,
    devices: new DevicesService({ store, known, directory, enrolment, facts, checkSync, packs: packs.all, now }),
    list: new DeviceList({ known, directory, waiting, statusOf: (mac) => facts.statusOf(mac), windowOf: (mac) => enrolment.windowOf(mac), now }),
    files: new DeviceFilesService({ store, configurations, packs: packs.all }),
    timeline: new DeviceTimeline(facts),
    history: new DeviceHistory(store),
    profiles: new ProfilesService({ store, known }),
    layers: new LayersService({ store, directory }),
  };
}

function openDoor(config: Config, { log, metrics }: ServiceHost, parts: AppParts): ReturnType<typeof startGrpc> {
  return startGrpc({
    module: AppModule.with(parts),
    host: config.SFS_HOST,
    port: config.SFS_DEVICES_GRPC_PORT,
    services: SERVICES,
    token: config.SFS_SERVICE_TOKEN,
    log,
    metrics,
    reflect: config.SFS_GRPC_REFLECTION ? 'libs/contracts/proto' : undefined,
  });
}
