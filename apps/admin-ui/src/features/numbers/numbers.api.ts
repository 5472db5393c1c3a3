import type { DirectoryNumber } from '@sfs/rest-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { newKey, request } from '../../api/request.ts';

export const numbersQuery = (switchId: string, q: string, pageToken: string | undefined) =>
  queryOptions({
    queryKey: ['numbers', switchId, q, pageToken ?? ''],
    queryFn: ({ signal }) => request('listNumbers', { path: { switchId }, query: { q, pageToken, pageSize: 50 }, signal }),
    enabled: switchId !== '',
    placeholderData: keepPreviousData,
  });

export const numberQuery = (switchId: string, number: string) =>
  queryOptions({ queryKey: ['number', switchId, number], queryFn: ({ signal }) => request('getNumber', { path: { switchId, number }, signal }) });

export const createNumber = (switchId: string, body: { number: string; userId: string }, key: string) => request('createNumber', { path: { switchId }, body, key });
export const setOwner = ({ switchId, number, meta }: DirectoryNumber, userId: string) => request('updateNumber', { path: { switchId, number }, body: { userId }, tag: meta.tag, key: newKey() });
export const deleteNumber = ({ switchId, number, meta }: DirectoryNumber) => request('deleteNumber', { path: { switchId, number }, tag: meta.tag, key: newKey() });
export const setSipPassword = (switchId: string, number: string, password: string) => request('setSipPassword', { path: { switchId, number }, body: password ? { password } : {} });
