import type { ChangePassword, Session, SignIn } from '@sfs/rest-contract';
import { queryOptions } from '@tanstack/react-query';
import { ApiError, request } from '../../api/request.ts';

/** null = nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> =>
    request('getSession', { signal }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }),
  staleTime: Infinity,
});

export const signIn = (body: SignIn): Promise<Session> => request('signIn', { body });
export const signOut = (): Promise<undefined> => request('signOut');
export const changePassword = (body: ChangePassword): Promise<undefined> => request('changePassword', { body });
