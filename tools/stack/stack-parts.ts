import type { StackLayout } from './layout.ts';
import { site } from './layout.ts';
import type { Part } from './part.ts';
import { cassandraPart } from './parts/cassandra.ts';
import { kafkaPart } from './parts/kafka.ts';
import { kamailioPart } from './parts/kamailio.ts';
import { servicePart } from './parts/service.ts';
import { serviceNames, type Environment, type ServiceName } from './service-environment.ts';

export const partNames = ['cassandra', 'kafka', 'kamailio', ...serviceNames] as const;
export type PartName = (typeof partNames)[number];

/** Every process of a stack. `changes` lets a test alter a service's environment before its next start. */
export function stackParts(layout: StackLayout, changes: (name: ServiceName) => Environment = () => ({})): Record<PartName, Part> {
  const { dataDir, ports, commitLog } = layout;
  const service = (name: ServiceName): Part => servicePart(name, layout, () => changes(name));
  return {
    cassandra: cassandraPart({
      dataDir: `${dataDir}/cassandra`,
      port: ports.cassandra,
      storagePort: ports.cassandraStorage,
      sslStoragePort: ports.cassandraSslStorage,
      dc: site,
      commitLog,
    }),
    kafka: kafkaPart({ dataDir: `${dataDir}/kafka`, port: ports.kafka, controllerPort: ports.kafkaController }),
    kamailio: kamailioPart(layout),
    provisioning: service('provisioning'),
    'dial-plan-A': service('dial-plan-A'),
    'dial-plan-B': service('dial-plan-B'),
    voicemail: service('voicemail'),
    'device-management': service('device-management'),
    gateway: service('gateway'),
  };
}
