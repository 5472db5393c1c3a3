import { requireSchema, type CqlSession } from '@sfs/cassandra';
import { type ChangeLog, gatedChangeLog } from '@sfs/change-log';
import type { Logger } from 'pino';
import { CassandraAudioStore } from './audio/audio.store.cassandra.ts';
import type { AudioStore } from './audio/audio.store.ts';
import type { Config } from './config.ts';
import { DepositsService } from './deposits/deposits.service.ts';
import { CassandraDepositsStore } from './deposits/deposits.store.cassandra.ts';
import { roomFinder } from './deposits/find-room.ts';
import { Spool } from './deposits/spool.ts';
import type { Directory } from './directory/directory.port.ts';
import { find } from './entities/bodies.ts';
import { GreetingsService } from './greetings/greetings.service.ts';
import { CassandraLamps } from './lamps/lamps.store.cassandra.ts';
import type { KnownMailboxes } from './mailboxes/known-mailboxes.ts';
import { MailboxesService } from './mailboxes/mailboxes.service.ts';
import type { MessageEvents } from './message-events/message-events.ts';
import { ListeningService } from './messages/listening.service.ts';
import { MessagesService } from './messages/messages.service.ts';
import { CassandraMessagesStore } from './messages/messages.store.cassandra.ts';
import { CassandraAttemptsStore } from './pins/attempts.store.cassandra.ts';
import { PinHashes } from './pins/pin-hashes.ts';
import { PinsService } from './pins/pins.service.ts';

export interface StoreParts {
  readonly config: Config;
  readonly session: CqlSession;
  readonly changeLog: ChangeLog;
  readonly directory: Directory;
  readonly known: KnownMailboxes;
  readonly events: MessageEvents;
  readonly log: Logger;
}

/** The slices over the real stores. */
export interface Slices {
  readonly mailboxes: MailboxesService;
  readonly messages: MessagesService;
  readonly listening: ListeningService;
  readonly greetings: GreetingsService;
  readonly pins: PinsService;
  readonly hashes: PinHashes;
  readonly lamps: CassandraLamps;
  readonly deposits: DepositsService;
}

export const MINIMUM_SCHEMA = 1;

export function openSlices(parts: StoreParts): Slices {
  const { config, session, changeLog, directory, events } = parts;
  const now = Date.now;
  const entities = gatedChangeLog(changeLog);
  const audio = new CassandraAudioStore(session);
  const hashes = new PinHashes(Buffer.from(config.SFS_VOICEMAIL_PEPPER.reveal(), 'base64'));
  const extensionsOf = (tenant: string, mailbox: string): string[] => directory.phonesOf(tenant, mailbox).map(({ number }) => number);
  const pins = new PinsService({ attempts: new CassandraAttemptsStore(session), entities, hashes, extensionsOf, now });
  const messages = new MessagesService({ store: new CassandraMessagesStore(session), entities, audio, announce: (happened) => events.announce(happened) });
  const greetings = new GreetingsService(entities, audio);
  const lamps = new CassandraLamps(session);
  const mailboxes = new MailboxesService({
    store: entities,
    pins,
    greetings,
    touched: (tenant, number) => events.touched(tenant, number),
    now,
    view: {
      counts: (tenant, mailbox) => messages.countsOf(tenant, mailbox),
      pin: (tenant, number) => pins.state(tenant, number),
      greetings: (tenant, number) => greetings.list(tenant, number),
      lamp: (tenant, number) => lamps.lastTold(tenant, number),
    },
  });
  const listening = new ListeningService({ get: (box, id) => messages.get(box, id), entities, audio, now });
  return { mailboxes, messages, listening, greetings, pins, hashes, lamps, deposits: openDeposits(parts, messages, audio) };
}

function openDeposits({ config, session, changeLog, directory, known, events, log }: StoreParts, messages: MessagesService, audio: AudioStore): DepositsService {
  const entities = gatedChangeLog(changeLog);
  const folder = config.SFS_VOICEMAIL_SPOOL_DIR;
  return new DepositsService({
    store: new CassandraDepositsStore(session, config.SFS_SITE),
    audio,
    announce: (happened) => events.announce(happened),
    findRoom: roomFinder({
      read: async (tenant, mailbox) => {
        const found = await find(entities, tenant, 'mailbox', mailbox);
        if (!found) return undefined;
        const counts = await messages.countsOf(tenant, found);
        return { settings: found.body.settings, kept: counts.new + counts.old };
      },
      remembered: (tenant, mailbox) => known.findSettings(tenant, mailbox),
      isOwned: (tenant, mailbox) => directory.ownerName(tenant, mailbox) !== '',
      remembersAll: () => known.loads > 0,
    }),
    spool: folder === undefined ? undefined : new Spool(folder, log),
    instance: config.SFS_INSTANCE,
    log,
  });
}

/** The store answers and fits this program. */
export async function contact(session: CqlSession, changeLog: ChangeLog, keyspace: string): Promise<void> {
  await requireSchema(session, keyspace, MINIMUM_SCHEMA);
  await changeLog.ready();
}
