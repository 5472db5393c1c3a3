import { textOf, type CqlSession, type Row } from '@sfs/cassandra';
import { readChangeDays, readChanges, readHistoryPage } from './change-log.cql.ts';
import { decodeToken, encodeToken, requirePageSize } from './page-token.ts';
import { decodeState, publicState, type StoredState } from './stored-state.ts';
import type { ChangeRecord, ChangesQuery, EntityKey, PageOf } from './types.ts';

const DAYS_AT_ONCE = 31;
/** Filtering by kind reads past other kinds; after this many rows the page ends early, with a token. */
const LIMIT_SCANNED = 2_000;
const LAST_VERSION = 2_147_483_647;

interface Place {
  readonly day: string;
  readonly changedAt: string;
  readonly tag: string;
}

/** The audit: a tenant's from the day buckets, one entity's from its own history. */
export class ChangesReader {
  readonly #session: CqlSession;
  readonly #isPublished: (kind: string) => boolean;

  constructor(session: CqlSession, isPublished: (kind: string) => boolean) {
    this.#session = session;
    this.#isPublished = isPublished;
  }

  async read(tenant: string, query: ChangesQuery): Promise<PageOf<ChangeRecord>> {
    requirePageSize(query.pageSize);
    if (query.kind !== undefined && query.id !== undefined) return this.#ofEntity({ tenant, kind: query.kind, id: query.id }, query);
    return this.#ofTenant(tenant, query);
  }

  async #ofTenant(tenant: string, { kind, pageSize, pageToken }: ChangesQuery): Promise<PageOf<ChangeRecord>> {
    const [day = '9', changedAt = '9', tag = ''] = (decodeToken(pageToken, ['string', 'string', 'string']) ?? []) as string[];
    const items: ChangeRecord[] = [];
    let scanned = 0;
    for await (const { place, record } of this.#after(tenant, { day, changedAt, tag }, pageSize + 1)) {
      scanned += 1;
      if (kind === undefined || record.kind === kind) items.push(record);
      if (items.length > pageSize) return { items: items.slice(0, -1), nextPageToken: tokenOf(items.at(-2)) };
      if (scanned >= LIMIT_SCANNED) return { items, nextPageToken: encodeToken([place.day, place.changedAt, place.tag]) };
    }
    return { items, nextPageToken: '' };
  }

  async *#after(tenant: string, from: Place, size: number): AsyncGenerator<{ place: Place; record: ChangeRecord }> {
    let place = from;
    for await (const day of this.#days(tenant, from.day)) {
      if (day !== place.day) place = { day, changedAt: '9', tag: '' };
      let full = true;
      while (full) {
        const { rows } = await this.#session.execute(readChanges, [tenant, day, place.changedAt, Math.max(size, 100)]);
        const fresh = rows.filter((row) => isAfter(row, place));
        for (const row of fresh) {
          place = { day, changedAt: textOf(row, 'changed_at'), tag: textOf(row, 'tag') };
          yield { place, record: recordOf(tenant, row) };
        }
        full = rows.length >= Math.max(size, 100) && fresh.length > 0;
      }
    }
  }

  async *#days(tenant: string, from: string): AsyncGenerator<string> {
    let upTo = from;
    for (;;) {
      const { rows } = await this.#session.execute(readChangeDays, [tenant, upTo, DAYS_AT_ONCE]);
      const days = rows.map((row) => textOf(row, 'day')).filter((day) => day !== upTo || upTo === from);
      yield* days;
      const last = days.at(-1);
      if (last === undefined || rows.length < DAYS_AT_ONCE) return;
      upTo = last;
    }
  }

  async #ofEntity(key: EntityKey, { pageSize, pageToken }: ChangesQuery): Promise<PageOf<ChangeRecord>> {
    const [version = LAST_VERSION, tag = ''] = decodeToken(pageToken, ['number', 'string']) ?? [];
    const { rows } = await this.#session.execute(readHistoryPage, [key.tenant, key.kind, key.id, version, pageSize + 20]);
    const known = rows.map((row) => decodeState(key, textOf(row, 'h_body')));
    const start = known.findIndex((state) => state.tag === tag) + 1;
    const shown = known.slice(start, start + pageSize);
    const last = shown.at(-1);
    return {
      items: shown.map((state) => this.#withPrevious(state, known)),
      nextPageToken: last !== undefined && known.length > start + pageSize ? encodeToken([last.version, last.tag]) : '',
    };
  }

  #withPrevious(state: StoredState, known: readonly StoredState[]): ChangeRecord {
    if (!this.#isPublished(state.kind)) return { ...publicState(state), body: {} };
    const parent = known.find(({ tag }) => tag === state.parentTag);
    return parent === undefined ? publicState(state) : { ...publicState(state), previousBody: parent.body };
  }
}

function isAfter(row: Row, { changedAt, tag }: Place): boolean {
  const at = textOf(row, 'changed_at');
  return at < changedAt || (at === changedAt && textOf(row, 'tag') > tag);
}

function recordOf(tenant: string, row: Row): ChangeRecord {
  const state = publicState(decodeState({ tenant, id: textOf(row, 'id') }, textOf(row, 'body')));
  const previous = textOf(row, 'previous');
  return previous === '' ? state : { ...state, previousBody: JSON.parse(previous) as Record<string, unknown> };
}

function tokenOf(last: ChangeRecord | undefined): string {
  return last === undefined ? '' : encodeToken([last.changedAt.slice(0, 10), last.changedAt, last.tag]);
}
