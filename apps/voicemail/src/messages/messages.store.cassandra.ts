import type { CqlSession, Row } from '@sfs/cassandra';
import type { MessageFact } from '@sfs/voicemail';
import { appendFact, readFacts, readFactsOfMessage } from './messages.cql.ts';
import { recordsOf } from './messages.mapper.ts';
import type { MailboxKey, MessageRecord, MessagesStore } from './messages.store.ts';

const PAGE = 1_000;

export class CassandraMessagesStore implements MessagesStore {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  async list({ tenant, mailbox }: MailboxKey, firstId: string): Promise<readonly MessageRecord[]> {
    const all: Row[] = [];
    let state: string | undefined;
    do {
      const { rows, pageState } = await this.#session.execute(readFacts, [tenant, mailbox, firstId], { size: PAGE, ...(state === undefined ? {} : { state }) });
      all.push(...rows);
      state = pageState;
    } while (state !== undefined);
    return recordsOf(all);
  }

  async find({ tenant, mailbox }: MailboxKey, id: string): Promise<MessageRecord | undefined> {
    const { rows } = await this.#session.execute(readFactsOfMessage, [tenant, mailbox, id]);
    return recordsOf(rows)[0];
  }

  async append({ tenant, mailbox }: MailboxKey, id: string, fact: MessageFact, actor: string): Promise<void> {
    const body = fact.step === 'restored' ? JSON.stringify({ undoes: fact.undoes }) : '';
    await this.#session.execute(appendFact, [tenant, mailbox, id, fact.id, fact.step, actor, body]);
  }
}

