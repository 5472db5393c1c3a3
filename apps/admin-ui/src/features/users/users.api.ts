import type { User, WriteUser } from '@sfs/rest-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { newKey, request } from '../../api/request.ts';
import type { Saved } from '../../edit/use-draft.ts';
import { isNumberLike, ownersOf } from './find.api.ts';

export interface UserPage {
  readonly items: readonly User[];
  readonly nextPageToken: string;
}

/** By name; what looks like a number is looked up as one on the current switch. */
export const usersQuery = (q: string, pageToken: string | undefined, switchId: string) =>
  queryOptions({
    queryKey: ['users', q, pageToken ?? '', isNumberLike(q) ? switchId : ''],
    queryFn: async ({ signal }): Promise<UserPage> => {
      if (!isNumberLike(q)) return request('listUsers', { query: { q, pageToken, pageSize: 50 }, signal });
      if (!switchId) return { items: [], nextPageToken: '' };
      const page = await request('listNumbers', { path: { switchId }, query: { q, pageToken, pageSize: 50 }, signal });
      return { items: await ownersOf(page.items, signal), nextPageToken: page.nextPageToken };
    },
    placeholderData: keepPreviousData,
  });

export const userQuery = (id: string) => queryOptions({ queryKey: ['user', id], queryFn: ({ signal }) => request('getUser', { path: { id }, signal }), staleTime: 10_000 });

export const createUser = (body: WriteUser, key = newKey()) => request('createUser', { body, key });
export const updateUser = (id: string, body: WriteUser, tag: string, key: string) => request('updateUser', { path: { id }, body, tag, key });
export const deleteUser = (id: string, tag: string) => request('deleteUser', { path: { id }, tag, key: newKey() });
export const createAccount = (id: string, login: string, role: 'administrator' | 'user') => request('createAccount', { path: { id }, body: { login, role } });

export function savedUser({ meta, displayName, email, siteId, callingProfileId }: User): Saved<WriteUser> {
  return { value: { displayName, email, siteId, callingProfileId }, tag: meta.tag, version: meta.version, changedAt: meta.changedAt, actor: meta.actor };
}
