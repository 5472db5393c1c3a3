import type { MailboxLink } from '@sfs/contracts';
import { call, type CallContext } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { Mailbox } from '@sfs/rest-contract';
import type { Neighbours } from '../clients/clients.ts';
import { metaOf, present } from '../clients/meta.mapper.ts';
import type { Caller } from '../http/caller.ts';

type Owner = NonNullable<Mailbox['owner']>;

/** Whose mailbox is whose, as provisioning knows it. */
export class MailboxOwners {
  readonly #neighbours: Pick<Neighbours, 'mailboxLinks' | 'users' | 'read' | 'write'>;

  constructor(neighbours: Pick<Neighbours, 'mailboxLinks' | 'users' | 'read' | 'write'>) {
    this.#neighbours = neighbours;
  }

  /** A foreign mailbox and one that does not exist are the same to a user: nobody learns which numbers are taken. */
  async requireOwn(caller: Caller, mailbox: string, context: CallContext): Promise<void> {
    const link = caller.userId === '' ? undefined : await this.findLink(mailbox, context);
    if (link?.userId !== caller.userId) throw new DomainError('not-found', 'mailboxes/unknown', `There is no mailbox ${mailbox}`, { field: 'number', remedy: 'Check the number of the mailbox.' });
  }

  async findLink(mailbox: string, context: CallContext): Promise<MailboxLink | undefined> {
    const { mailboxLinks, read } = this.#neighbours;
    return unlessUnknown(call(mailboxLinks, 'getMailboxLink', { mailbox }, context, read).then(({ link }) => link));
  }

  /** null: belongs to nobody. A link to a user that is being deleted keeps its id for a name. */
  async find(mailbox: string, context: CallContext): Promise<Owner | null> {
    const link = await this.findLink(mailbox, context);
    return link ? this.describe(link, context) : null;
  }

  async describe({ meta, userId }: MailboxLink, context: CallContext): Promise<Owner> {
    const { users, read } = this.#neighbours;
    const user = await unlessUnknown(call(users, 'getUser', { id: userId }, context, read).then((answer) => answer.user));
    return { userId, displayName: user?.displayName ?? userId, linkTag: metaOf(meta).tag };
  }

  async requireUser(id: string, context: CallContext): Promise<void> {
    const { users, read } = this.#neighbours;
    const user = await unlessUnknown(call(users, 'getUser', { id }, context, read).then((answer) => answer.user));
    if (!user) throw new DomainError('invalid', 'users/unknown', 'There is no such user', { field: 'userId', remedy: 'Choose a user that exists.' });
  }

  /** The end counts: repeated, it changes nothing. */
  async give(mailbox: string, userId: string, context: CallContext, idempotencyKey: string): Promise<void> {
    const { mailboxLinks, write } = this.#neighbours;
    const link = await this.findLink(mailbox, context);
    if (link?.userId === userId) return;
    present((await call(mailboxLinks, 'linkMailbox', { mailbox, userId, expectedTag: metaOf(link?.meta).tag, idempotencyKey }, context, write)).link);
  }

  async take(mailbox: string, context: CallContext): Promise<void> {
    const { mailboxLinks, write } = this.#neighbours;
    const link = await this.findLink(mailbox, context);
    if (link) await call(mailboxLinks, 'unlinkMailbox', { mailbox, expectedTag: metaOf(link.meta).tag }, context, write);
  }
}

async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof DomainError && error.kind === 'not-found') return undefined;
    throw error;
  });
}
