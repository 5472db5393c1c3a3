import { newTimeUuid } from '@sfs/cassandra';
import { DomainError } from '@sfs/kernel';
import { countMessages, effectiveSettings, messageState, standingDeletions, type BoxContents, type MessageCounts, type MessageFact, type MessageState } from '@sfs/voicemail';
import type { AudioStore } from '../audio/audio.store.ts';
import type { MessageBody } from '../audio/message-body.ts';
import { firstIdAt, isMessageId, timeOfId } from '../audio/message-id.ts';
import { readWhole } from '../audio/read-audio.ts';
import { find, getMailbox, greetingId, type Entity } from '../entities/bodies.ts';
import { badPageToken, checkPage, refuse } from '../entities/check-input.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import type { MessageMark, Messages, MessageStep, Recording } from './messages.port.ts';
import type { MailboxKey, MessageRecord, MessagesStore } from './messages.store.ts';

export interface ListedMessage {
  readonly id: string;
  readonly mailbox: string;
  readonly state: MessageState;
  readonly body: MessageBody;
}

export interface MessageParts {
  readonly store: MessagesStore;
  readonly entities: Pick<EntityStore, 'read'>;
  readonly audio: AudioStore;
  readonly announce: (happened: MailboxKey & { id: string; messageId: string; step: MessageStep; actor: string }) => void;
}

export interface MessagesQuery {
  readonly mailbox: string;
  readonly folder: string;
  readonly pageSize: number;
  readonly pageToken: string;
}

/** Messages as facts say they are now. */
export class MessagesService implements Messages {
  readonly #parts: MessageParts;

  constructor(parts: MessageParts) {
    this.#parts = parts;
  }

  async box(tenant: string, mailbox: string): Promise<BoxContents> {
    const { entities } = this.#parts;
    const [{ messages, entity }, greeting, name] = await Promise.all([
      this.#all(tenant, mailbox),
      find(entities, tenant, 'greeting', greetingId(mailbox, 'greeting')),
      find(entities, tenant, 'greeting', greetingId(mailbox, 'name')),
    ]);
    return {
      messages: messages.flatMap(({ id, state, body }) => {
        if (state === 'deleted') return [];
        return [{ id, state, recordedAt: timeOfId(id), durationMs: body.durationMs, fromNumber: body.fromNumber, truncated: body.truncated }];
      }).reverse(),
      timeZone: effectiveSettings(entity.body.settings).timeZone.value,
      hasGreeting: greeting !== undefined,
      hasName: name !== undefined,
    };
  }

  async mark({ tenant, mailbox, id, step, actor }: MessageMark): Promise<void> {
    await this.step({ tenant, mailbox }, id, step, actor);
  }

  /** Repeating changes nothing. */
  async step(box: MailboxKey, id: string, step: MessageStep, actor: string): Promise<ListedMessage> {
    const record = await this.#find(box, id);
    const fact = factOf(step, record.facts);
    if (fact) {
      await this.#parts.store.append(box, id, fact, actor);
      this.#parts.announce({ ...box, id: fact.id, messageId: id, step, actor });
    }
    return listed(box.mailbox, { ...record, facts: fact ? [...record.facts, fact] : record.facts });
  }

  async audio(tenant: string, mailbox: string, id: string): Promise<Recording> {
    const { body } = await this.get({ tenant, mailbox }, id);
    const { sizeBytes, contentHash, codec } = body;
    return { audio: await readWhole(this.#parts.audio, { tenant, audioId: id, sizeBytes, contentHash }), codec };
  }

  async counts(tenant: string, mailbox: string): Promise<MessageCounts> {
    return this.countsOf(tenant, await getMailbox(this.#parts.entities, tenant, mailbox));
  }

  async countsOf(tenant: string, { id, body }: Entity<'mailbox'>): Promise<MessageCounts> {
    const records = await this.#parts.store.list({ tenant, mailbox: id }, firstIdAt(Date.parse(body.since)));
    return countMessages(records.map(({ facts }) => facts));
  }

  async get(box: MailboxKey, id: string): Promise<ListedMessage> {
    return listed(box.mailbox, await this.#find(box, id));
  }

  /** Newest first. */
  async list(tenant: string, query: MessagesQuery): Promise<{ messages: ListedMessage[]; nextPageToken: string }> {
    const { pageSize, pageToken } = checkPage(query);
    if (pageToken !== '' && !isMessageId(pageToken)) throw badPageToken();
    const wanted = folderOf(query.folder);
    const { messages } = await this.#all(tenant, query.mailbox);
    const inFolder = messages.filter(({ state }) => wanted(state));
    const start = pageToken === '' ? 0 : inFolder.findIndex(({ id }) => isOlder(id, pageToken));
    const shown = start < 0 ? [] : inFolder.slice(start, start + pageSize);
    return { messages: shown, nextPageToken: start >= 0 && inFolder.length > start + pageSize ? (shown.at(-1)?.id ?? '') : '' };
  }

  async #all(tenant: string, mailbox: string): Promise<{ entity: Entity<'mailbox'>; messages: ListedMessage[] }> {
    const entity = await getMailbox(this.#parts.entities, tenant, mailbox);
    const records = await this.#parts.store.list({ tenant, mailbox }, firstIdAt(Date.parse(entity.body.since)));
    return { entity, messages: records.filter(({ body }) => body !== undefined).map((record) => listed(mailbox, record)) };
  }

  async #find(box: MailboxKey, id: string): Promise<MessageRecord> {
    const { body } = await getMailbox(this.#parts.entities, box.tenant, box.mailbox);
    const isOfThisBox = isMessageId(id) && timeOfId(id) >= Date.parse(body.since);
    const record = isOfThisBox ? await this.#parts.store.find(box, id) : undefined;
    if (record?.body === undefined) throw unknownMessage();
    return record;
  }
}

/** undefined: it is so already. */
function factOf(step: MessageStep, facts: readonly MessageFact[]): MessageFact | undefined {
  const standing = standingDeletions(facts);
  if (step === 'restored') return standing.length === 0 ? undefined : { id: newTimeUuid(), step, undoes: standing };
  const isSo = step === 'deleted' ? standing.length > 0 : facts.some((fact) => fact.step === step);
  return isSo ? undefined : { id: newTimeUuid(), step };
}

function listed(mailbox: string, { id, facts, body }: MessageRecord): ListedMessage {
  const state = messageState(facts);
  if (state === undefined || body === undefined) throw unknownMessage();
  return { id, mailbox, state, body };
}

function unknownMessage(): DomainError {
  return new DomainError('not-found', 'messages/unknown', 'There is no such message', { field: 'id', remedy: 'List the messages of the mailbox.' });
}

function folderOf(folder: string): (state: MessageState) => boolean {
  if (folder === 'deleted') return (state) => state === 'deleted';
  if (folder === '' || folder === 'kept') return (state) => state !== 'deleted';
  throw refuse({ code: 'input/folder', field: 'folder', message: 'There is no such folder', remedy: 'Send kept or deleted.' });
}

/** As the store orders them; the token's message itself may be in the other folder by now. */
function isOlder(id: string, than: string): boolean {
  const [a, b] = [ticksOf(id), ticksOf(than)];
  return a === b ? id < than : a < b;
}

const ticksOf = (id: string): string => `${id.slice(15, 18)}${id.slice(9, 13)}${id.slice(0, 8)}`;
