import { textOf, type CqlSession } from '@sfs/cassandra';
import type { MessageBody } from '../audio/message-body.ts';
import { timeOfId } from '../audio/message-id.ts';
import { dropOpenDeposit, findDeposited, putDeposited, putGuessed, putOpenDeposit, readOpenDeposits } from './deposits.cql.ts';
import type { DepositsStore, OpenDeposit } from './deposits.store.ts';
import type { SpoolHeader } from './spool-file.ts';

const HOUR_MS = 3_600_000;

export class CassandraDepositsStore implements DepositsStore {
  readonly #session: CqlSession;
  readonly #site: string;

  constructor(session: CqlSession, site: string) {
    this.#session = session;
    this.#site = site;
  }

  get connected(): boolean {
    return this.#session.connected;
  }

  async putOpen({ header, instance }: OpenDeposit): Promise<void> {
    await this.#session.execute(putOpenDeposit, [this.#site, hourOf(timeOfId(header.id)), header.id, instance, JSON.stringify(header)]);
  }

  async dropOpen(id: string): Promise<void> {
    await this.#session.execute(dropOpenDeposit, [this.#site, hourOf(timeOfId(id)), id]);
  }

  async listOpen(sinceMs: number): Promise<readonly OpenDeposit[]> {
    const found: OpenDeposit[] = [];
    for (let at = sinceMs; at < Date.now() + HOUR_MS; at += HOUR_MS) {
      const { rows } = await this.#session.execute(readOpenDeposits, [this.#site, hourOf(at)]);
      found.push(...rows.map((row) => ({ header: JSON.parse(textOf(row, 'meta')) as SpoolHeader, instance: textOf(row, 'instance') })));
    }
    return found;
  }

  async putDeposited({ tenant, mailbox, id, fromNumber }: SpoolHeader, body: MessageBody, guessed: boolean): Promise<void> {
    const row = [tenant, mailbox, id, id, fromNumber, JSON.stringify(body)];
    if (guessed) await this.#session.execute(putGuessed, [...row, BigInt(timeOfId(id)) * 1000n]);
    else await this.#session.execute(putDeposited, row);
  }

  async isDeposited({ tenant, mailbox, id }: SpoolHeader): Promise<boolean> {
    const { rows } = await this.#session.execute(findDeposited, [tenant, mailbox, id, id]);
    return rows.length > 0;
  }
}

const hourOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 13);
