/** One committed state of an entity. */
export interface EntityState {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly tag: string;
  readonly parentTag: string;
  /** ISO time with microseconds */
  readonly changedAt: string;
  readonly site: string;
  readonly actor: string;
  readonly deleted: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RowChange {
  readonly kind: string;
  readonly id: string;
  /** 'absent' also holds for a deleted entity */
  readonly expect: 'absent' | { readonly tag: string } | 'any';
  readonly body: Readonly<Record<string, unknown>>;
  readonly deleted?: boolean;
}

export interface Commit {
  readonly tenant: string;
  readonly actor: string;
  readonly requestId: string;
  /** the first one decides, the others follow */
  readonly rows: readonly RowChange[];
  readonly idempotencyKey?: string;
  /** what makes two requests with one key the same; default: the rows */
  readonly fingerprint?: string;
}

export interface ListPage {
  readonly prefix?: string;
  readonly pageSize: number;
  readonly pageToken?: string;
}

export interface ChangesPage {
  readonly kind?: string;
  readonly id?: string;
  readonly pageSize: number;
  readonly pageToken?: string;
}

export type HistoryState = EntityState & { readonly previousBody?: Readonly<Record<string, unknown>> };

/** What the slices need of the change log; every rule that must hold between two writers is a condition of `commit`. */
export interface EntityStore {
  /** deleted entities come back with `deleted: true` */
  read(tenant: string, kind: string, id: string): Promise<EntityState | undefined>;
  /** conflict `change-log/stale` (details.currentTag) or `change-log/exists`; unavailable with details.outcomeUnknown */
  commit(change: Commit): Promise<readonly EntityState[]>;
  list(tenant: string, list: string, page: ListPage): Promise<{ items: readonly EntityState[]; nextPageToken: string }>;
  changes(tenant: string, page: ChangesPage): Promise<{ items: readonly HistoryState[]; nextPageToken: string }>;
  loadAll(kinds: readonly string[]): AsyncIterable<EntityState>;
  /** names that are unique in the whole deployment */
  claimName(scope: string, name: string, tenant: string): Promise<boolean>;
  findName(scope: string, name: string): Promise<string | undefined>;
}
