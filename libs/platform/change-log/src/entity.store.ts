import { numberOf, textOf, type CqlSession, type Row, type Statement } from '@sfs/cassandra';
import { readAll, readAllEverywhere, readHead, readHistory, readHistoryEverywhere, readHistorySerial, writeCurrent, writeHistory } from './change-log.cql.ts';
import { decodeState, encodeState, type StoredState } from './stored-state.ts';
import type { EntityKey } from './types.ts';

/** What the next write needs to know. */
export interface Head {
  readonly state: StoredState | undefined;
  /** the column, not the body's: a merge on equal timestamps may leave the two apart, and the condition is on the column */
  readonly versionColumn: number | null;
  /** of all history, so versions rise although a merge may have lowered the current one */
  readonly maxVersion: number;
}

/** The current state with the newest history rows, highest version first. */
export interface Past extends Head {
  /** timestamp of the winning write; orders listings exactly as the entity itself was merged */
  readonly written: bigint;
  readonly history: readonly StoredState[];
  /** by tag: the store's time of the conditional write */
  readonly wroteAtMs: ReadonlyMap<string, number>;
}

/** How far to trust a read: `serial` finishes what is under way at this site, `everywhere` needs a quorum of each site and repairs what was lost. */
export type Reach = 'local' | 'serial' | 'everywhere';

const HISTORY: Record<Reach, Statement> = { local: readHistory, serial: readHistorySerial, everywhere: readHistoryEverywhere };
const SCAN_PAGE = 500;

/** Entities by key. Conditional writes only; see schema/v0001.cql for the layout. */
export class EntityStore {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  async head(key: EntityKey): Promise<Head> {
    const { rows } = await this.#session.execute(readHead, [key.tenant, key.kind, key.id]);
    return headOf(key, rows[0]);
  }

  async past(key: EntityKey, limit: number, reach: Reach = 'local'): Promise<Past> {
    const { rows } = await this.#session.execute(HISTORY[reach], [key.tenant, key.kind, key.id, limit]);
    const written = rows[0]?.['written'];
    const known = rows.filter((row) => row['h_body'] !== null);
    return {
      ...headOf(key, rows[0]),
      written: typeof written === 'bigint' ? written : 0n,
      history: known.map((row) => decodeState(key, textOf(row, 'h_body'))),
      wroteAtMs: new Map(known.map((row) => [textOf(row, 'h_tag'), (numberOf(row, 'h_written') ?? 0) / 1000])),
    };
  }

  /** false: the version was another. Throws with details.outcomeUnknown when the store did not say. */
  async write(state: StoredState, versionColumn: number | null): Promise<boolean> {
    const { tenant, kind, id, version, site, tag } = state;
    const cell = encodeState(state);
    const { applied } = await this.#session.batch([
      { statement: writeCurrent, params: [cell, version, tenant, kind, id, versionColumn] },
      { statement: writeHistory, params: [tenant, kind, id, version, site, tag, cell] },
    ]);
    return applied;
  }

  /** Every entity of the keyspace, deleted ones too. */
  async *all(kinds: ReadonlySet<string>, reach: 'local' | 'everywhere' = 'local'): AsyncGenerator<StoredState> {
    const statement = reach === 'local' ? readAll : readAllEverywhere;
    let state: string | undefined;
    do {
      const { rows, pageState } = await this.#session.execute(statement, [], { size: SCAN_PAGE, ...(state === undefined ? {} : { state }) });
      for (const row of rows) {
        const key = { tenant: textOf(row, 'tenant'), kind: textOf(row, 'kind'), id: textOf(row, 'id') };
        const cell = textOf(row, 'body');
        if (kinds.has(key.kind) && cell !== '') yield decodeState(key, cell);
      }
      state = pageState;
    } while (state !== undefined);
  }
}

function headOf(key: EntityKey, row: Row | undefined): Head {
  if (row === undefined) return { state: undefined, versionColumn: null, maxVersion: 0 };
  const cell = textOf(row, 'body');
  return {
    state: cell === '' ? undefined : decodeState(key, cell),
    versionColumn: numberOf(row, 'version') ?? null,
    maxVersion: numberOf(row, 'h_version') ?? 0,
  };
}
