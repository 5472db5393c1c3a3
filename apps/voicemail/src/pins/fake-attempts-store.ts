import { DomainError } from '@sfs/kernel';
import { newTimeUuid } from '@sfs/cassandra';
import { timeOfId } from '../audio/message-id.ts';
import type { AttemptKey, AttemptsStore, KnownAttempt, KnownAttempts } from './attempts.store.ts';

/** For specs: conditions hold, every call takes a turn of the event loop. */
export class FakeAttemptsStore implements AttemptsStore {
  readonly rows = new Map<string, { version: number; attempts: KnownAttempt[] }>();
  away = false;
  /** what the next begins do to the caller, although the row is stored */
  unknownOutcomes = 0;

  async read(key: AttemptKey): Promise<KnownAttempts> {
    await this.turn();
    const box = this.rows.get(nameOf(key));
    return { version: box?.version ?? null, attempts: [...(box?.attempts ?? [])] };
  }

  async begin(key: AttemptKey, { id }: { readonly id: string }, version: number | null): Promise<boolean> {
    await this.turn();
    const box = this.rows.get(nameOf(key)) ?? { version: 0, attempts: [] };
    if (box.version !== (version ?? 0)) return false;
    this.rows.set(nameOf(key), { version: box.version + 1, attempts: [...box.attempts, { id, at: timeOfId(id), kind: 'pending' }] });
    if (this.unknownOutcomes === 0) return true;
    this.unknownOutcomes -= 1;
    throw new DomainError('unavailable', 'store/outcome-unknown', 'Nobody knows', { outcomeUnknown: true });
  }

  async settle(key: AttemptKey, id: string, result: 'right' | 'wrong' | 'unjudged'): Promise<void> {
    await this.turn();
    const box = this.rows.get(nameOf(key));
    if (!box) return;
    box.attempts = box.attempts.flatMap((attempt) => (attempt.id !== id ? [attempt] : result === 'unjudged' ? [] : [{ ...attempt, kind: result }]));
  }

  async open(key: AttemptKey, kind: 'unlocked' | 'reset'): Promise<void> {
    await this.turn();
    const box = this.rows.get(nameOf(key)) ?? { version: 0, attempts: [] };
    const id = newTimeUuid();
    box.attempts.push({ id, at: timeOfId(id), kind });
    this.rows.set(nameOf(key), box);
  }

  private async turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.away) throw new DomainError('unavailable', 'store/away', 'The store is away');
  }
}

function nameOf({ tenant, mailbox }: AttemptKey): string {
  return `${tenant}/${mailbox}`;
}
