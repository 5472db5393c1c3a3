import { call } from '@sfs/grpc';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';
import { messageOf } from './voicemail.mapper.ts';

export type MessageHandlers = Pick<Handlers, 'listMessages' | 'deleteMessage' | 'restoreMessage' | 'markMessageHeard'>;

/** The steps are facts that merge: repeating one changes nothing, so each may be asked for again. */
export function messageHandlers({ voicemail, read }: Neighbours): MessageHandlers {
  return {
    listMessages: async ({ context, params, query }) => {
      const { folder, pageSize, pageToken = '' } = query;
      const page = await voicemail.read(({ messages }) => call(messages, 'listMessages', { mailbox: params.number, folder, pageSize, pageToken }, context, read));
      return { items: page.messages.map(messageOf), nextPageToken: page.nextPageToken };
    },
    deleteMessage: async ({ context, params }) => messageOf((await voicemail.read(({ messages }) => call(messages, 'deleteMessage', { mailbox: params.number, id: params.id }, context, read))).message),
    restoreMessage: async ({ context, params }) => messageOf((await voicemail.read(({ messages }) => call(messages, 'restoreMessage', { mailbox: params.number, id: params.id }, context, read))).message),
    markMessageHeard: async ({ context, params }) => messageOf((await voicemail.read(({ messages }) => call(messages, 'markHeard', { mailbox: params.number, id: params.id }, context, read))).message),
  };
}
