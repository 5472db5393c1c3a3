import type { Change } from '@sfs/rest-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

export const changesQuery = (q: string, pageToken: string | undefined, pageSize = 50) =>
  queryOptions({
    queryKey: ['changes', q, pageToken ?? '', pageSize],
    queryFn: ({ signal }) => request('listChanges', { query: { q, pageToken, pageSize }, signal }),
    placeholderData: keepPreviousData,
  });

/** The history of one thing: the server narrows by id, what it lets through beside it is left out here. */
export const changesOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['changes', 'of', id],
    queryFn: async ({ signal }): Promise<readonly Change[]> => (await request('listChanges', { query: { q: id, pageSize: 100 }, signal })).items.filter((change) => isAbout(change, id)),
  });

function isAbout({ entityId, before, after }: Change, id: string): boolean {
  return entityId === id || entityId.endsWith(`/${id}`) || before?.userId === id || after?.userId === id;
}
