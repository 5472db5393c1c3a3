import type { User as UserMessage } from '@sfs/contracts';
import { call } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { User } from '@sfs/rest-contract';
import type { Neighbours } from '../clients/clients.ts';
import { metaOf, present } from '../clients/meta.mapper.ts';
import type { Handlers } from '../http/handlers.ts';

export type UserHandlers = Pick<Handlers, 'listUsers' | 'createUser' | 'getUser' | 'updateUser' | 'deleteUser'>;

/** `closeAccount` is called once the user is gone. */
export function userHandlers({ users, read, write }: Neighbours, closeAccount: (tenant: string, userId: string, actor: string) => Promise<void>): UserHandlers {
  return {
    listUsers: async ({ context, query }) => {
      const { q = '', pageSize, pageToken = '' } = query;
      const page = await call(users, 'listUsers', { query: q, pageSize, pageToken }, context, read);
      return { items: page.users.map(userOf), nextPageToken: page.nextPageToken };
    },
    createUser: async ({ context, body, idempotencyKey }) => userOf(present((await call(users, 'createUser', { ...body, idempotencyKey }, context, write)).user)),
    getUser: async ({ context, params }) => userOf(present((await call(users, 'getUser', { id: params.id }, context, read)).user)),
    updateUser: async ({ context, params, body, expectedTag, idempotencyKey }) =>
      userOf(present((await call(users, 'updateUser', { id: params.id, ...body, expectedTag, idempotencyKey }, context, write)).user)),
    deleteUser: async ({ context, params, expectedTag, idempotencyKey }) => {
      const close = (): Promise<void> => closeAccount(context.tenant, params.id, context.actor);
      const { releasedNumbers, callSettingsRemoved } = await call(users, 'deleteUser', { id: params.id, expectedTag, idempotencyKey }, context, write).catch(async (error: unknown) => {
        // A process that died between the two left the account of a user that is gone: the retry ends it.
        if (error instanceof DomainError && error.kind === 'not-found') await close();
        throw error;
      });
      await close();
      return { releasedNumbers: releasedNumbers.map(({ switchId, number }) => ({ switchId, number })), callSettingsRemoved };
    },
  };
}

export function userOf({ meta, id, displayName, email, siteId, callingProfileId, numbers }: UserMessage): User {
  return { meta: metaOf(meta), id, displayName, email, siteId, callingProfileId, numbers: numbers.map(({ switchId, number }) => ({ switchId, number })) };
}
