import { queryOptions } from '@tanstack/react-query';
import { type Body, request } from '../../api/request.ts';

export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: async ({ signal }) => (await request('listTokens', { signal })).items });
export const createToken = (body: Body<'createToken'>) => request('createToken', { body });
export const deleteToken = (id: string) => request('deleteToken', { path: { id } });
