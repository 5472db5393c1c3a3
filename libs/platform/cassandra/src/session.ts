export type Consistency = 'localOne' | 'localQuorum' | 'eachQuorum' | 'localSerial';

/** A prepared statement as a named constant. A conditional statement is never idempotent: a retry by the driver would answer "not applied" to our own write. */
export interface Statement {
  readonly cql: string;
  readonly consistency: Consistency;
  readonly idempotent: boolean;
}

/** Plain values only: uuids are strings, bigint columns are bigints, blobs are byte arrays. */
export type Row = Readonly<Record<string, unknown>>;

export interface CqlResult {
  readonly rows: readonly Row[];
  /** present when there are more rows */
  readonly pageState?: string;
  /** false only when a condition did not hold */
  readonly applied: boolean;
}

export interface Page {
  readonly size: number;
  readonly state?: string;
}

export interface BatchEntry {
  readonly statement: Statement;
  readonly params: readonly unknown[];
}

/** What stores need of Cassandra. Failures are DomainErrors; `details.outcomeUnknown` tells that a conditional statement may have been applied. */
export interface CqlSession {
  execute(statement: Statement, params: readonly unknown[], page?: Page): Promise<CqlResult>;
  /** Unlogged: for statements of one partition, where it is atomic. Consistency is the first statement's. */
  batch(entries: readonly BatchEntry[]): Promise<CqlResult>;
  /** false: execute fails at once. */
  readonly connected: boolean;
  close(): Promise<void>;
}
