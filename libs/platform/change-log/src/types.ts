/** The whole state of an entity after one change. Deleted entities keep their last body. */
export interface EntityState {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  /** rises with each change at one site; after a cut it may fall, so order by (version, changedAt) */
  readonly version: number;
  /** unique per attempt to write; the ETag */
  readonly tag: string;
  /** '' for the first */
  readonly parentTag: string;
  /** ISO time with microseconds; strictly rises along the ancestry */
  readonly changedAt: string;
  readonly site: string;
  readonly actor: string;
  readonly deleted: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What must hold for a row to be written. 'absent' also holds for a deleted entity. */
export type Expectation = 'absent' | 'any' | { readonly tag: string };

export interface RowChange {
  readonly kind: string;
  readonly id: string;
  readonly expect: Expectation;
  /** plain JSON */
  readonly body: Readonly<Record<string, unknown>>;
  readonly deleted?: boolean;
}

export interface CommitRequest {
  readonly tenant: string;
  readonly actor: string;
  readonly requestId: string;
  /** rows[0] decides; the others follow, also when this process dies in between */
  readonly rows: readonly RowChange[];
  readonly idempotencyKey?: string;
  /** what makes two requests the same; default: the rows. Give it when bodies hold anything random. */
  readonly fingerprint?: string;
}

export interface KindDefinition {
  readonly kind: string;
  /** in which lists a state stands, and where */
  readonly listings: (state: EntityState) => readonly { readonly list: string; readonly sortKey: string }[];
  /** false for secrets: no events, no bodies in the audit */
  readonly published: boolean;
}

export interface ListQuery {
  readonly prefix?: string;
  readonly pageSize: number;
  readonly pageToken?: string;
}

export interface ChangesQuery {
  readonly kind?: string;
  /** with `kind` only */
  readonly id?: string;
  readonly pageSize: number;
  readonly pageToken?: string;
}

export interface ChangeRecord extends EntityState {
  readonly previousBody?: Readonly<Record<string, unknown>>;
}

export interface PageOf<T> {
  readonly items: readonly T[];
  /** '' = last page */
  readonly nextPageToken: string;
}

/** Names an entity. */
export interface EntityKey {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
}
