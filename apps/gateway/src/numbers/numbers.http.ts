import type { DirectoryNumber as NumberMessage } from '@sfs/contracts';
import { call } from '@sfs/grpc';
import type { DirectoryNumber } from '@sfs/rest-contract';
import type { Neighbours } from '../clients/clients.ts';
import { metaOf, present } from '../clients/meta.mapper.ts';
import type { Handlers } from '../http/handlers.ts';

export type NumberHandlers = Pick<Handlers, 'listNumbers' | 'createNumber' | 'getNumber' | 'updateNumber' | 'deleteNumber' | 'setSipPassword'>;

export function numberHandlers({ numbers, read, write }: Neighbours): NumberHandlers {
  return {
    listNumbers: async ({ context, params, query }) => {
      const { q = '', pageSize, pageToken = '' } = query;
      const page = await call(numbers, 'listDirectoryNumbers', { switchId: params.switchId, query: q, pageSize, pageToken }, context, read);
      return { items: page.directoryNumbers.map(numberOf), nextPageToken: page.nextPageToken };
    },
    createNumber: async ({ context, params, body, idempotencyKey }) =>
      numberOf(present((await call(numbers, 'createDirectoryNumber', { ...params, ...body, idempotencyKey }, context, write)).directoryNumber)),
    getNumber: async ({ context, params }) => numberOf(present((await call(numbers, 'getDirectoryNumber', params, context, read)).directoryNumber)),
    updateNumber: async ({ context, params, body, expectedTag, idempotencyKey }) =>
      numberOf(present((await call(numbers, 'updateDirectoryNumber', { ...params, ...body, expectedTag, idempotencyKey }, context, write)).directoryNumber)),
    deleteNumber: async ({ context, params, expectedTag, idempotencyKey }) => {
      await call(numbers, 'deleteDirectoryNumber', { ...params, expectedTag, idempotencyKey }, context, write);
    },
    setSipPassword: async ({ context, params, body }) => {
      const { userName, password, sipDomain } = await call(numbers, 'setSipPassword', { ...params, password: body.password ?? '' }, context, write);
      return { userName, password, sipDomain };
    },
  };
}

function numberOf({ meta, switchId, number, userId, hasSipPassword }: NumberMessage): DirectoryNumber {
  return { meta: metaOf(meta), switchId, number, userId, hasSipPassword };
}
