import { ChangeLog, gatedChangeLog, killAt, Relay } from '@sfs/change-log';
import { cassandraOptions, connectCassandra } from '@sfs/cassandra';
import { CallSettingsServiceService, ChangesServiceService, DirectoryNumbersServiceService, ImportsServiceService, MailboxLinksServiceService, SipCredentialsServiceService, TopologyServiceService, UsersServiceService } from '@sfs/contracts';
import { createPublisher, kafkaOptions } from '@sfs/kafka';
import { FirstContact, type RunningService, type ServiceHost, startGrpc } from '@sfs/service-host';
import { AppModule, type AppParts } from './app.module.ts';
import type { Config } from './config.ts';
import { ENTITY_KINDS } from './entities/entity-kinds.ts';
import { provisioningHealth } from './provisioning-health.ts';
import { registrarDoor } from './registrar/registrar.client.ts';
import { watchRegistrars } from './registrar/registrar-metrics.ts';
import { RegistrarService } from './registrar/registrar.service.ts';
import { Envelope } from './secrets/envelope.ts';
import { TopologyService } from './topology/topology.service.ts';

const SIP_CREDENTIALS = 'sfs.provisioning.v1.SipCredentialsService';
const SERVICES = {
  'sfs.provisioning.v1.TopologyService': TopologyServiceService,
  'sfs.provisioning.v1.UsersService': UsersServiceService,
  'sfs.provisioning.v1.DirectoryNumbersService': DirectoryNumbersServiceService,
  'sfs.provisioning.v1.MailboxLinksService': MailboxLinksServiceService,
  'sfs.provisioning.v1.CallSettingsService': CallSettingsServiceService,
  'sfs.provisioning.v1.ImportsService': ImportsServiceService,
  [SIP_CREDENTIALS]: SipCredentialsServiceService,
  'sfs.provisioning.v1.ChangesService': ChangesServiceService,
};

/** Listens at once; ready at the first contact with a store that fits. */
export async function buildProvisioning(config: Config, host: ServiceHost): Promise<RunningService> {
  const { log, metrics } = host;
  const session = connectCassandra({ ...cassandraOptions(config), log });
  const publisher = createPublisher({ ...kafkaOptions(config), log });
  const changeLog = openChangeLog(config, host, session);
  const relay = new Relay({ changeLog, publisher, log, metrics, instance: config.SFS_INSTANCE });
  const store = gatedChangeLog(changeLog);
  const envelope = new Envelope(config.SFS_PROVISIONING_ENVELOPE_KEY);
  const registrar = new RegistrarService({ store, envelope, log, doors: doorsOf(config) });
  watchRegistrars(metrics, () => registrar.status());
  const grpc = await openDoor(config, host, { store, registrar, envelope });
  relay.start();
  const topology = new TopologyService(store);
  const firstContact = new FirstContact(async () => {
    await topology.ensureDefaultTenant();
    registrar.start();
  }, log);
  return {
    health: () => provisioningHealth({ session, firstContact, publisher, relay, registrar }),
    drain: () => grpc.close(),
    stop: async () => {
      await firstContact.stop();
      await Promise.all([registrar.stop(), relay.stop()]);
      await Promise.all([publisher.close(), session.close()]);
    },
  };
}

function openChangeLog(config: Config, { log }: ServiceHost, session: ReturnType<typeof connectCassandra>): ChangeLog {
  return new ChangeLog({
    session,
    keyspace: config.SFS_CASSANDRA_KEYSPACE,
    owner: 'provisioning',
    site: config.SFS_SITE,
    kinds: ENTITY_KINDS,
    log,
    failpoint: config.SFS_ALLOW_FAILPOINTS === 'true' ? killAt(config.SFS_FAILPOINT) : undefined,
  });
}

function openDoor(config: Config, { log, metrics }: ServiceHost, parts: AppParts): ReturnType<typeof startGrpc> {
  return startGrpc({
    module: AppModule.with(parts),
    host: config.SFS_HOST,
    port: config.SFS_PROVISIONING_GRPC_PORT,
    services: SERVICES,
    token: config.SFS_SERVICE_TOKEN,
    doorTokens: { [SIP_CREDENTIALS]: config.SFS_PROVISIONING_CREDENTIAL_TOKEN },
    log,
    metrics,
    reflect: config.SFS_GRPC_REFLECTION ? 'libs/contracts/proto' : undefined,
  });
}

function doorsOf(config: Config): Map<string, ReturnType<typeof registrarDoor>> {
  const token = config.SFS_PROVISIONING_REGISTRAR_TOKEN;
  return new Map([...config.SFS_PROVISIONING_REGISTRARS].map(([switchId, url]) => [switchId, registrarDoor(url, token)]));
}
