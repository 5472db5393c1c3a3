import { textOf, type CqlSession } from '@sfs/cassandra';
import { readListing } from './change-log.cql.ts';
import { decodeToken, encodeToken, requirePageSize } from './page-token.ts';
import { decodeState, publicState } from './stored-state.ts';
import type { EntityState, ListQuery, PageOf } from './types.ts';

/** above every text that begins with the prefix */
const LAST = '\u{10FFFF}';

export async function readList(session: CqlSession, where: { readonly tenant: string; readonly list: string }, query: ListQuery): Promise<PageOf<EntityState>> {
  requirePageSize(query.pageSize);
  const { tenant, list } = where;
  const prefix = query.prefix ?? '';
  const [sortKey = prefix, id = ''] = decodeToken(query.pageToken, ['string', 'string']) ?? [];
  const { rows } = await session.execute(readListing, [tenant, list, sortKey, id, prefix + LAST, query.pageSize + 1]);
  const shown = rows.slice(0, query.pageSize);
  const last = rows.length > shown.length ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => publicState(decodeState({ tenant, id: textOf(row, 'id') }, textOf(row, 'body')))),
    nextPageToken: last === undefined ? '' : encodeToken([textOf(last, 'sort_key'), textOf(last, 'id')]),
  };
}
