import { numberOf, textOf, type CqlSession } from '@sfs/cassandra';
import { addRevision, readNewest } from './revisions.cql.ts';
import type { NewRevision, RevisionsStore, StoredRevision } from './revisions.store.ts';

export class CassandraRevisions implements RevisionsStore {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  async newest(tenant: string, mac: string): Promise<StoredRevision | undefined> {
    const { rows } = await this.#session.execute(readNewest, [tenant, mac]);
    const row = rows[0];
    return row === undefined ? undefined : { revision: numberOf(row, 'revision') ?? 0, hash: textOf(row, 'hash'), at: numberOf(row, 'at') ?? 0 };
  }

  async add(tenant: string, mac: string, { revision, hash, cause, at }: NewRevision): Promise<boolean> {
    const { applied } = await this.#session.execute(addRevision, [tenant, mac, revision, hash, cause, BigInt(Math.trunc(at))]);
    return applied;
  }
}
