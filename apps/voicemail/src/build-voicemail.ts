import { cassandraOptions, connectCassandra, type CqlSession } from '@sfs/cassandra';
import { ChangeLog, Relay } from '@sfs/change-log';
import { MailboxesServiceService, MessagesServiceService } from '@sfs/contracts';
import { createPublisher, kafkaOptions } from '@sfs/kafka';
import { FirstContact, type RunningService, type ServiceHost, startGrpc } from '@sfs/service-host';
import { AppModule, type AppParts } from './app.module.ts';
import type { Config } from './config.ts';
import { ProjectedDirectory } from './directory/directory.service.ts';
import { ENTITY_KINDS } from './entities/entity-kinds.ts';
import { KnownMailboxes } from './mailboxes/known-mailboxes.ts';
import { MessageEvents } from './message-events/message-events.ts';
import { openSources } from './sources.ts';
import type { StartCalls } from './start-calls.port.ts';
import { voicemailHealth } from './voicemail-health.ts';
import { watchVoicemail } from './voicemail-metrics.ts';
import { contact, openSlices } from './voicemail-stores.ts';

const SERVICES = {
  'sfs.voicemail.v1.MailboxesService': MailboxesServiceService,
  'sfs.voicemail.v1.MessagesService': MessagesServiceService,
};

export interface Telephone {
  readonly startCalls: StartCalls;
  /** undefined: runs from the source */
  readonly mediaWorker?: URL;
}

/** Listens at once; ready at the first contact with a store that fits. Without a telephone it is the store and its door only. */
export async function buildVoicemail(config: Config, host: ServiceHost, telephone?: Telephone): Promise<RunningService> {
  const { log, metrics } = host;
  const session = connectCassandra({ ...cassandraOptions(config), log });
  const publisher = createPublisher({ ...kafkaOptions(config), log });
  const changeLog = openChangeLog(config, host, session);
  const relay = new Relay({ changeLog, publisher, log, metrics, instance: config.SFS_INSTANCE });
  const events = new MessageEvents({ publisher, site: config.SFS_SITE, log });
  const directory = new ProjectedDirectory();
  const known = new KnownMailboxes();
  const slices = openSlices({ config, session, changeLog, directory, known, events, log });
  const { deposits, pins, messages, greetings, lamps, hashes } = slices;
  watchVoicemail(metrics, deposits);
  // The spool's leftovers are claimed before the first caller can make a new file.
  await Promise.all([deposits.start(), hashes.warmUp()]);
  const sources = openSources({ config, host, changeLog, directory, known });
  const grpc = await openDoor(config, host, slices);
  relay.start();
  const firstContact = new FirstContact(() => contact(session, changeLog, config.SFS_CASSANDRA_KEYSPACE), log);
  const mailboxes = async function* () {
    yield* known.all();
  };
  const calls = await telephone?.startCalls({
    config,
    host,
    mediaWorker: telephone.mediaWorker,
    deposits,
    pins,
    messages,
    greetings,
    directory,
    lamps,
    onTouched: (listener) => events.onTouched(listener),
    mailboxes,
  });
  return {
    health: () => voicemailHealth({ session, firstContact, relay, sources, directory, deposits, calls }),
    drain: async () => {
      await Promise.all([calls?.drain(), grpc.close()]);
    },
    stop: async () => {
      await calls?.stop();
      events.stop();
      await Promise.all([firstContact.stop(), deposits.stop(), sources.stop(), relay.stop()]);
      await Promise.all([publisher.close(), session.close()]);
    },
  };
}

function openChangeLog(config: Config, { log }: ServiceHost, session: CqlSession): ChangeLog {
  return new ChangeLog({ session, keyspace: config.SFS_CASSANDRA_KEYSPACE, owner: 'voicemail', site: config.SFS_SITE, kinds: ENTITY_KINDS, log });
}

function openDoor(config: Config, { log, metrics }: ServiceHost, parts: AppParts): ReturnType<typeof startGrpc> {
  return startGrpc({
    module: AppModule.with(parts),
    host: config.SFS_HOST,
    port: config.SFS_VOICEMAIL_GRPC_PORT,
    services: SERVICES,
    token: config.SFS_SERVICE_TOKEN,
    log,
    metrics,
    reflect: config.SFS_GRPC_REFLECTION ? 'libs/contracts/proto' : undefined,
  });
}
