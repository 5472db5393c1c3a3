import { newTimeUuid } from '@sfs/cassandra';
import { DomainError } from '@sfs/kernel';
import type { Logger } from 'pino';
import type { AudioStore } from '../audio/audio.store.ts';
import type { Deposit, Deposits, NewDeposit } from './deposits.port.ts';
import type { DepositsStore } from './deposits.store.ts';
import type { Room } from './find-room.ts';
import type { Announce } from './keep-message.ts';
import { LiveDeposit } from './live-deposit.ts';
import { OrphanSweep } from './orphan-sweep.ts';
import { Replayer } from './replayer.ts';
import type { Spool, SpoolWriter } from './spool.ts';

export interface DepositParts {
  readonly store: DepositsStore;
  readonly audio: AudioStore;
  readonly announce: Announce;
  /** undefined: there is no such mailbox. Answers from memory while the store is away. */
  readonly findRoom: (tenant: string, mailbox: string) => Promise<Room | undefined>;
  /** undefined: without a folder */
  readonly spool: Spool | undefined;
  readonly instance: string;
  readonly log: Logger;
  readonly patienceMs?: number;
}

const PATIENCE_MS = 2_500;

export class DepositsService implements Deposits {
  readonly #parts: DepositParts;
  readonly #live = new Map<string, string>();
  readonly #replayer: Replayer | undefined;
  readonly #sweep: OrphanSweep;

  constructor(parts: DepositParts) {
    this.#parts = parts;
    const { spool } = parts;
    this.#replayer = spool && new Replayer({ ...parts, spool });
    this.#sweep = new OrphanSweep({ ...parts, isCared: (id) => this.#live.has(id) || this.#replayer?.has(id) === true, now: Date.now });
  }

  /** What the process before left in the spool becomes messages; call it before the first `open`. */
  async start(): Promise<void> {
    for (const id of (await this.#parts.spool?.list()) ?? []) this.#replayer?.add(id);
    this.#sweep.start();
  }

  async open(wanted: NewDeposit): Promise<Deposit> {
    const box = `${wanted.tenant}/${wanted.mailbox}`;
    const room = await this.#parts.findRoom(wanted.tenant, wanted.mailbox);
    if (!room) throw new DomainError('not-found', 'mailboxes/unknown', 'There is no such mailbox', { field: 'mailbox' });
    if (room.kept + this.#spokenTo(box) >= room.maxMessages) throw new DomainError('exhausted', 'mailboxes/full', 'The mailbox is full', { remedy: 'Its owner has to delete messages first.' });
    const { tenant, mailbox, fromNumber, fromName, reason, callId, codec } = wanted;
    const header = { id: newTimeUuid(), maxMs: room.maxMessageSeconds * 1000, tenant, mailbox, fromNumber, fromName, reason, callId, codec };
    this.#live.set(header.id, box);
    const spool = await this.#prepare(header).catch((error: unknown) => {
      this.#live.delete(header.id);
      throw error;
    });
    return new LiveDeposit({
      ...this.#parts,
      header,
      spool,
      unspool: async (id) => this.#parts.spool?.remove(id),
      replay: (id) => this.#replayer?.add(id),
      onEnd: () => void this.#live.delete(header.id),
      patienceMs: this.#parts.patienceMs ?? PATIENCE_MS,
    });
  }

  get status(): { readonly live: number; readonly pending: number; readonly spoolFailure: string } {
    return { live: this.#live.size, pending: this.#replayer?.pending ?? 0, spoolFailure: this.#parts.spool?.failure ?? '' };
  }

  async stop(): Promise<void> {
    await Promise.all([this.#sweep.stop(), this.#replayer?.stop()]);
  }

  /** Something durable takes it: the spool, or else the row of an open deposit was acknowledged. */
  async #prepare(header: Parameters<Spool['begin']>[0]): Promise<SpoolWriter | undefined> {
    const { store, spool, instance } = this.#parts;
    const noted = store.putOpen({ header, instance }).then(
      () => true,
      () => false,
    );
    const writer = await spool?.begin(header);
    // The caller waits for the tone: with a spool the row comes when it comes.
    if (writer !== undefined || (await noted)) return writer;
    throw new DomainError('unavailable', 'deposits/no-storage', 'Nothing durable can take the message', { remedy: 'Call again later.' });
  }

  #spokenTo(box: string): number {
    let count = 0;
    for (const other of this.#live.values()) if (other === box) count += 1;
    return count;
  }
}
