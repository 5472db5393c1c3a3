import { DomainError } from '@sfs/kernel';
import type { MessageBody } from '../audio/message-body.ts';
import { timeOfId } from '../audio/message-id.ts';
import type { DepositsStore, OpenDeposit } from './deposits.store.ts';
import type { SpoolHeader } from './spool-file.ts';

/** For specs: in memory; away, or without an answer, when told so. */
export class FakeDepositsStore implements DepositsStore {
  readonly open = new Map<string, OpenDeposit>();
  readonly deposited = new Map<string, { body: MessageBody; guessed: boolean; times: number }>();
  away = false;
  /** every write waits for it */
  blocked: Promise<void> = Promise.resolve();

  get connected(): boolean {
    return !this.away;
  }

  async putOpen(open: OpenDeposit): Promise<void> {
    await this.answer();
    this.open.set(open.header.id, open);
  }

  async dropOpen(id: string): Promise<void> {
    await this.answer();
    this.open.delete(id);
  }

  async listOpen(sinceMs: number): Promise<readonly OpenDeposit[]> {
    await this.answer();
    return [...this.open.values()].filter(({ header }) => timeOfId(header.id) >= sinceMs);
  }

  async putDeposited({ id }: SpoolHeader, body: MessageBody, guessed: boolean): Promise<void> {
    await this.answer();
    const before = this.deposited.get(id);
    if (!guessed || before === undefined) this.deposited.set(id, { body, guessed, times: (before?.times ?? 0) + 1 });
  }

  async isDeposited({ id }: SpoolHeader): Promise<boolean> {
    await this.answer();
    return this.deposited.has(id);
  }

  private async answer(): Promise<void> {
    await this.blocked;
    if (this.away) throw new DomainError('unavailable', 'store/away', 'The store is away');
  }
}
