import { call } from '@sfs/grpc';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';

export type MailboxAccessHandlers = Pick<Handlers, 'resetPin' | 'unlockMailbox' | 'deleteGreeting'>;

/** What voicemail records with the actor, and what an owner may do as well. */
export function mailboxAccessHandlers({ voicemail, write }: Neighbours): MailboxAccessHandlers {
  return {
    resetPin: async ({ context, params }) => {
      const { oneTimePin } = await voicemail.write(({ mailboxes }) => call(mailboxes, 'resetPin', params, context, write));
      return { oneTimePin };
    },
    unlockMailbox: async ({ context, params }) => {
      await voicemail.write(({ mailboxes }) => call(mailboxes, 'unlock', params, context, write));
    },
    deleteGreeting: async ({ context, params }) => {
      await voicemail.write(({ mailboxes }) => call(mailboxes, 'deleteGreeting', params, context, write));
    },
  };
}
