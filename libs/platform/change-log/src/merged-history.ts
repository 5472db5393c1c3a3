import type { ChangeLog } from './change-log.ts';
import { decodeToken, encodeToken } from './page-token.ts';
import type { ChangeRecord } from './types.ts';

export interface HistorySource {
  readonly kind: string;
  readonly id: string;
}

export interface HistoryQuery {
  readonly tenant: string;
  readonly sources: readonly HistorySource[];
  readonly pageSize: number;
  /** of the page before; '' = the first */
  readonly pageToken: string;
}

type Place = Pick<ChangeRecord, 'changedAt' | 'tag'>;

/** The histories of several entities as one, newest first. The token says up to which moment everything was shown. */
export async function mergedHistory(log: Pick<ChangeLog, 'changes'>, query: HistoryQuery): Promise<{ changes: readonly ChangeRecord[]; nextPageToken: string }> {
  const { sources, pageSize, pageToken } = query;
  const [changedAt, tag] = decodeToken(pageToken, ['string', 'string']) ?? [];
  const after = changedAt === undefined || tag === undefined ? undefined : { changedAt: String(changedAt), tag: String(tag) };
  const each = await Promise.all(sources.map((source) => nextOf(log, { ...source, tenant: query.tenant }, after, pageSize + 1)));
  const all = each.flat().sort((a, b) => (isAfter(a, b) ? 1 : -1));
  const changes = all.slice(0, pageSize);
  const last = changes.at(-1);
  return { changes, nextPageToken: last !== undefined && all.length > changes.length ? encodeToken([last.changedAt, last.tag]) : '' };
}

/** The next ones of one entity. Its history is read from its newest on: short, next to what one person may read through. */
async function nextOf(log: Pick<ChangeLog, 'changes'>, { tenant, ...source }: HistorySource & { readonly tenant: string }, after: Place | undefined, wanted: number): Promise<ChangeRecord[]> {
  const found: ChangeRecord[] = [];
  let pageToken = '';
  do {
    const page = await log.changes(tenant, { ...source, pageSize: 200, ...(pageToken === '' ? {} : { pageToken }) });
    found.push(...page.items.filter((record) => after === undefined || isAfter(record, after)));
    pageToken = page.nextPageToken;
  } while (pageToken !== '' && found.length < wanted);
  return found.slice(0, wanted);
}

/** Comes later in a list that begins with the newest. */
function isAfter(record: Place, place: Place): boolean {
  return record.changedAt === place.changedAt ? record.tag > place.tag : record.changedAt < place.changedAt;
}
