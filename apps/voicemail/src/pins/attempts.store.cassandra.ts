import { newTimeUuid, numberOf, textOf, type CqlSession, type Row } from '@sfs/cassandra';
import { timeOfId } from '../audio/message-id.ts';
import { advanceAttempts, noteAttempt, noteOpened, noteResult, readAttempts } from './attempts.cql.ts';
import type { AttemptKey, AttemptsStore, KnownAttempt, KnownAttempts } from './attempts.store.ts';

export class CassandraAttemptsStore implements AttemptsStore {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  async read({ tenant, mailbox }: AttemptKey): Promise<KnownAttempts> {
    const { rows } = await this.#session.execute(readAttempts, [tenant, mailbox]);
    return { version: rows[0] === undefined ? null : (numberOf(rows[0], 'version') ?? null), attempts: rows.flatMap(attemptOf) };
  }

  async begin({ tenant, mailbox }: AttemptKey, { id, origin }: { readonly id: string; readonly origin: string }, version: number | null): Promise<boolean> {
    const { applied } = await this.#session.batch([
      { statement: advanceAttempts, params: [(version ?? 0) + 1, tenant, mailbox, version] },
      { statement: noteAttempt, params: [tenant, mailbox, id, origin] },
    ]);
    return applied;
  }

  async settle({ tenant, mailbox }: AttemptKey, id: string, result: string): Promise<void> {
    await this.#session.execute(noteResult, [result, tenant, mailbox, id]);
  }

  async open({ tenant, mailbox }: AttemptKey, kind: string, origin: string): Promise<void> {
    await this.#session.execute(noteOpened, [tenant, mailbox, newTimeUuid(), kind, origin]);
  }
}

function attemptOf(row: Row): KnownAttempt[] {
  const id = textOf(row, 'attempt_id');
  const result = textOf(row, 'result');
  const kind = textOf(row, 'kind');
  // A row with nothing but the static version stands for a partition without attempts.
  if (id === '' || result === 'unjudged') return [];
  if (kind === 'unlocked' || kind === 'reset') return [{ id, at: timeOfId(id), kind }];
  return [{ id, at: timeOfId(id), kind: result === 'right' || result === 'wrong' ? result : 'pending' }];
}
