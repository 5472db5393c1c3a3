import { requireSchema, type CqlSession } from '@sfs/cassandra';
import type { Logger } from 'pino';
import { ChangesReader } from './changes-reader.ts';
import { ClaimedNames } from './claimed-names.store.ts';
import { Committer } from './committer.ts';
import { EntityStore } from './entity.store.ts';
import type { Failpoint } from './failpoint.ts';
import { IndexWriter } from './index-writer.ts';
import { IntentLog } from './intent-log.store.ts';
import { readList } from './listing-reader.ts';
import { RowWriter } from './row-writer.ts';
import { publicState, type StoredState } from './stored-state.ts';
import type { Owner } from './topics.ts';
import type { ChangeRecord, ChangesQuery, CommitRequest, EntityState, KindDefinition, ListQuery, PageOf } from './types.ts';

const MINIMUM_SCHEMA = 1;

export interface ChangeLogOptions {
  /** bound to `keyspace` */
  readonly session: CqlSession;
  readonly keyspace: string;
  readonly owner: Owner;
  readonly site: string;
  readonly kinds: readonly KindDefinition[];
  readonly log: Logger;
  /** for tests of what a killed process leaves */
  readonly failpoint?: Failpoint | undefined;
}

/** What the relay works with: the same stores, without the owner's doors. */
export interface ChangeLogParts {
  readonly session: CqlSession;
  readonly store: EntityStore;
  readonly writer: RowWriter;
  readonly intents: IntentLog;
  readonly indexes: IndexWriter;
  readonly kinds: ReadonlyMap<string, KindDefinition>;
  readonly owner: Owner;
  readonly site: string;
  readonly log: Logger;
}

type Announce = (intentId: string, states: readonly StoredState[]) => Promise<void>;

/** Entities of one owner: conditional writes, history, listings and audit; a committed change reaches every consumer (with a Relay at each site). */
export class ChangeLog {
  readonly parts: ChangeLogParts;
  readonly #keyspace: string;
  readonly #committer: Committer;
  readonly #names: ClaimedNames;
  readonly #changes: ChangesReader;
  #announce: Announce = () => Promise.resolve();
  #ready: Promise<void> | undefined;

  constructor({ session, keyspace, owner, site, kinds, log, failpoint }: ChangeLogOptions) {
    const byName = new Map(kinds.map((definition) => [definition.kind, definition]));
    const store = new EntityStore(session);
    const writer = new RowWriter(store, site);
    const intents = new IntentLog(session, site);
    const indexes = new IndexWriter(session, byName);
    this.parts = { session, store, writer, intents, indexes, kinds: byName, owner, site, log };
    this.#keyspace = keyspace;
    this.#committer = new Committer({ store, writer, intents, indexes, log, failpoint, announce: (id, states) => this.#announce(id, states) });
    this.#names = new ClaimedNames(session);
    this.#changes = new ChangesReader(session, (kind) => byName.get(kind)?.published === true);
  }

  /** The schema gate, at first contact: rejects while the store is away or its schema too old. */
  async ready(): Promise<void> {
    this.#ready ??= requireSchema(this.parts.session, this.#keyspace, MINIMUM_SCHEMA);
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = undefined;
      throw error;
    }
  }

  /** Deleted entities too, with deleted: true. */
  async read(tenant: string, kind: string, id: string): Promise<EntityState | undefined> {
    const { state } = await this.parts.store.head({ tenant, kind, id });
    return state === undefined ? undefined : publicState(state);
  }

  /** The states written, first row first; a later row that was changed in between by somebody else is left out. Throws DomainError conflict, invalid or unavailable (details.outcomeUnknown). */
  async commit(request: CommitRequest): Promise<EntityState[]> {
    for (const { kind } of request.rows) if (!this.parts.kinds.has(kind)) throw new Error(`unknown kind ${kind}`);
    return this.#committer.commit(request);
  }

  async list(tenant: string, list: string, query: ListQuery): Promise<PageOf<EntityState>> {
    return readList(this.parts.session, { tenant, list }, query);
  }

  /** Newest first. */
  async changes(tenant: string, query: ChangesQuery): Promise<PageOf<ChangeRecord>> {
    return this.#changes.read(tenant, query);
  }

  /** All tenants, not deleted. */
  async *loadAll(kinds: readonly string[]): AsyncGenerator<EntityState> {
    for await (const state of this.parts.store.all(new Set(kinds))) if (!state.deleted) yield publicState(state);
  }

  async claimName(scope: string, name: string, tenant: string): Promise<boolean> {
    return this.#names.claim(scope, name, tenant);
  }

  /** The tenant that has the name. */
  async findName(scope: string, name: string): Promise<string | undefined> {
    return this.#names.find(scope, name);
  }

  /** Called by the relay. */
  attach(announce: Announce): void {
    this.#announce = announce;
  }
}
