import { numberOf, textOf, type CqlSession, type Row } from '@sfs/cassandra';
import { dropSubscription, putSubscription, readAllSubscriptions, readLamp, readSubscriptions, writeLamp } from './lamps.cql.ts';
import type { Lamps, LampSubscription, LampSubscriptions, LampTold } from './lamps.port.ts';

const PAGE = 500;
/** Clocks of two machines, and a refresh that is under way. */
const GRACE_SECONDS = 60;

export class CassandraLamps implements Lamps {
  readonly #session: CqlSession;
  readonly subscriptions: LampSubscriptions;

  constructor(session: CqlSession) {
    this.#session = session;
    this.subscriptions = new CassandraSubscriptions(session);
  }

  async lastTold(tenant: string, mailbox: string): Promise<LampTold | undefined> {
    const { rows } = await this.#session.execute(readLamp, [tenant, mailbox]);
    const row = rows[0];
    if (row === undefined) return undefined;
    const of = (column: string): number => numberOf(row, column) ?? 0;
    return { at: of('told_at'), newMessages: of('new_messages'), oldMessages: of('old_messages'), phones: of('phones') };
  }

  async told(tenant: string, mailbox: string, { at, newMessages, oldMessages, phones }: LampTold): Promise<void> {
    await this.#session.execute(writeLamp, [tenant, mailbox, BigInt(Math.trunc(at)), newMessages, oldMessages, phones]);
  }
}

class CassandraSubscriptions implements LampSubscriptions {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  async save(tenant: string, mailbox: string, { id, dialog, expiresAt }: LampSubscription): Promise<void> {
    const ttl = Math.max(1, Math.ceil((expiresAt - Date.now()) / 1000)) + GRACE_SECONDS;
    await this.#session.execute(putSubscription, [tenant, mailbox, id, dialog, BigInt(Math.trunc(expiresAt)), ttl]);
  }

  async remove(tenant: string, mailbox: string, id: string): Promise<void> {
    await this.#session.execute(dropSubscription, [tenant, mailbox, id]);
  }

  async list(tenant: string, mailbox: string): Promise<readonly LampSubscription[]> {
    const { rows } = await this.#session.execute(readSubscriptions, [tenant, mailbox]);
    return rows.map(subscriptionOf).filter(isAlive);
  }

  async *all(): AsyncGenerator<LampSubscription & { readonly tenant: string; readonly mailbox: string }> {
    let state: string | undefined;
    do {
      const { rows, pageState } = await this.#session.execute(readAllSubscriptions, [], { size: PAGE, ...(state === undefined ? {} : { state }) });
      for (const row of rows) {
        const subscription = subscriptionOf(row);
        if (isAlive(subscription)) yield { tenant: textOf(row, 'tenant'), mailbox: textOf(row, 'mailbox'), ...subscription };
      }
      state = pageState;
    } while (state !== undefined);
  }
}

function subscriptionOf(row: Row): LampSubscription {
  return { id: textOf(row, 'subscription_id'), dialog: textOf(row, 'dialog'), expiresAt: numberOf(row, 'expires_at') ?? 0 };
}

const isAlive = ({ expiresAt }: LampSubscription): boolean => expiresAt > Date.now();
