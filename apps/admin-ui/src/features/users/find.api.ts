import type { DirectoryNumber, User } from '@sfs/rest-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

export interface Found {
  readonly users: readonly User[];
  readonly numbers: readonly DirectoryNumber[];
}

const MOST = 4;

export function isNumberLike(query: string): boolean {
  return /^\+?[0-9*#]{1,32}$/.test(query);
}

/** People by name, and by number: the exact number first. */
export const paletteQuery = (query: string, switchId: string) =>
  queryOptions({
    queryKey: ['find', switchId, query],
    queryFn: async ({ signal }): Promise<Found> => {
      if (!query) return { users: [], numbers: [] };
      if (!isNumberLike(query)) return { users: (await request('listUsers', { query: { q: query, pageSize: MOST }, signal })).items, numbers: [] };
      if (!switchId) return { users: [], numbers: [] };
      const numbers = (await request('listNumbers', { path: { switchId }, query: { q: query, pageSize: MOST }, signal })).items;
      return { users: await ownersOf(numbers, signal), numbers };
    },
    placeholderData: keepPreviousData,
  });

export async function ownersOf(numbers: readonly DirectoryNumber[], signal: AbortSignal): Promise<readonly User[]> {
  const ids = [...new Set(numbers.map((each) => each.userId).filter(Boolean))];
  const owners = await Promise.all(ids.map((id) => request('getUser', { path: { id }, signal }).catch(() => undefined)));
  return owners.filter((owner) => owner !== undefined);
}
