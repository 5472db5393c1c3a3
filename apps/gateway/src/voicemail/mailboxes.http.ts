import type { MailboxLink, MailboxView } from '@sfs/contracts';
import { call, type CallContext } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { Mailbox } from '@sfs/rest-contract';
import type { Neighbours } from '../clients/clients.ts';
import { metaOf, present } from '../clients/meta.mapper.ts';
import type { Handlers } from '../http/handlers.ts';
import { inParallel } from './in-parallel.ts';
import { MailboxOwners } from './mailbox-owners.service.ts';
import { mailboxOf, settingsMessage } from './voicemail.mapper.ts';

export type MailboxHandlers = Pick<Handlers, 'listMailboxes' | 'createMailbox' | 'getMailbox' | 'updateMailbox' | 'deleteMailbox' | 'putMailboxOwner' | 'listMailboxesOfUser'>;

/** Each asks provisioning for link and name. */
const AT_ONCE = 8;

export function mailboxHandlers(neighbours: Neighbours): MailboxHandlers {
  const { voicemail, mailboxLinks, read, write } = neighbours;
  const owners = new MailboxOwners(neighbours);

  async function viewOf(number: string, context: CallContext): Promise<MailboxView> {
    return present((await voicemail.read(({ mailboxes }) => call(mailboxes, 'getMailbox', { number }, context, read))).view);
  }

  async function withOwner(view: MailboxView | undefined, context: CallContext): Promise<Mailbox> {
    return mailboxOf(view, await owners.find(present(present(view).mailbox).number, context));
  }

  return {
    listMailboxes: async ({ context, query }) => {
      const { q = '', pageSize, pageToken = '' } = query;
      const page = await voicemail.read(({ mailboxes }) => call(mailboxes, 'listMailboxes', { query: q, pageSize, pageToken }, context, read));
      return { items: await inParallel(page.mailboxes, AT_ONCE, (view) => withOwner(view, context)), nextPageToken: page.nextPageToken };
    },
    createMailbox: async ({ context, body, idempotencyKey }) => {
      const { number, userId, settings } = body;
      // Before there is a mailbox: a PIN that is shown once must not be lost to a typing error.
      if (userId !== undefined) await owners.requireUser(userId, context);
      const { view, oneTimePin } = await voicemail.write(({ mailboxes }) => call(mailboxes, 'createMailbox', { number, settings: settingsMessage(settings), idempotencyKey }, context, write));
      if (userId !== undefined) await owners.give(number, userId, context, idempotencyKey);
      return { ...(await withOwner(view, context)), oneTimePin };
    },
    getMailbox: async ({ context, params }) => withOwner(await viewOf(params.number, context), context),
    updateMailbox: async ({ context, params, body, expectedTag, idempotencyKey }) => {
      const request = { number: params.number, settings: settingsMessage(body), expectedTag, idempotencyKey };
      return withOwner((await voicemail.write(({ mailboxes }) => call(mailboxes, 'updateMailbox', request, context, write))).view, context);
    },
    deleteMailbox: async ({ context, params, expectedTag }) => {
      // The link goes first, so that no call is led to a mailbox that is gone; but not for a deletion that will be refused.
      const { tag } = metaOf((await viewOf(params.number, context)).mailbox?.meta);
      if (tag !== expectedTag) throw new DomainError('conflict', 'change-log/stale', 'Somebody else has changed this mailbox', { currentTag: tag, remedy: 'Read it again and send the deletion with its ETag.' });
      await owners.take(params.number, context);
      await voicemail.write(({ mailboxes }) => call(mailboxes, 'deleteMailbox', { number: params.number, expectedTag }, context, write));
    },
    putMailboxOwner: async ({ context, params, body, idempotencyKey }) => {
      const view = await viewOf(params.number, context);
      if (body.userId === null) await owners.take(params.number, context);
      else {
        await owners.requireUser(body.userId, context);
        await owners.give(params.number, body.userId, context, idempotencyKey);
      }
      return withOwner(view, context);
    },
    listMailboxesOfUser: async ({ context, params }) => {
      const { links } = await call(mailboxLinks, 'listMailboxLinks', { userId: params.id }, context, read);
      const items = await inParallel(links, AT_ONCE, (link) => ownMailbox(link, context));
      return { items: items.filter((item) => item !== undefined) };
    },
  };

  /** undefined: a link whose mailbox is gone. */
  async function ownMailbox(link: MailboxLink, context: CallContext): Promise<Mailbox | undefined> {
    try {
      return mailboxOf(await viewOf(link.mailbox, context), await owners.describe(link, context));
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'not-found') return undefined;
      throw error;
    }
  }
}
