import type { Change } from '@sfs/rest-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

export const changesQuery = (q: string, pageToken: string | undefined, pageSize = 50) =>
  queryOptions({
    queryKey: ['changes', q, pageToken ?? '', pageSize],
    queryFn: ({ signal }) => request('listChanges', { query: { q, pageToken, pageSize }, signal }),
    placeholderData: keepPreviousData,
  });

const PAGES_AT_MOST = 5;
const ENOUGH = 30;

/** The history of one user: also numbers given and taken, which name the user only inside. So it is looked for here, in the newest thousand changes. */
export const changesOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['changes', 'of', id],
    queryFn: async ({ signal }): Promise<readonly Change[]> => {
      const found: Change[] = [];
      let pageToken = '';
      for (let page = 0; page < PAGES_AT_MOST && found.length < ENOUGH && (page === 0 || pageToken); page += 1) {
        const { items, nextPageToken } = await request('listChanges', { query: { pageToken, pageSize: 200 }, signal });
        found.push(...items.filter((change) => isAbout(change, id)));
        pageToken = nextPageToken;
      }
      return found;
    },
  });

function isAbout({ entityId, before, after }: Change, id: string): boolean {
  return entityId === id || entityId.endsWith(`/${id}`) || before?.userId === id || after?.userId === id;
}
