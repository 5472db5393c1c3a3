import { DomainError } from '@sfs/kernel';
import { asBody, asEntity, find, type Entity } from '../entities/bodies.ts';
import { type Caller, commitAs, onceOnly } from '@sfs/change-log';
import { checkKey, checkMailbox, checkTag } from '../entities/check-input.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import { getUser } from '../entities/existing.ts';
import { mailboxesOf } from './mailboxes-of-user.ts';

export interface WantedLink {
  readonly mailbox: string;
  readonly userId: string;
  /** '' = the mailbox belongs to nobody */
  readonly expectedTag: string;
  readonly idempotencyKey: string;
}

/** Product guide, "Mailboxes": at most ten a user. */
export const MOST_MAILBOXES = 10;

const WORDS = { area: 'mailbox-links', subject: 'The owner of this mailbox' };

/** Whose mailbox is whose. That the mailbox exists is the voicemail service's to know. */
export class MailboxLinksService {
  private readonly store: EntityStore;

  constructor(store: EntityStore) {
    this.store = store;
  }

  async link(caller: Caller, wanted: WantedLink): Promise<Entity<'mailbox-link'>> {
    const mailbox = checkMailbox(wanted.mailbox);
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    const expect = wanted.expectedTag === '' ? ('absent' as const) : { tag: checkTag(wanted.expectedTag) };
    await getUser(this.store, caller.tenant, wanted.userId);
    await this.requireRoom(caller.tenant, wanted.userId, mailbox);
    const body = asBody('mailbox-link', { mailbox, userId: wanted.userId });
    const once = onceOnly(idempotencyKey, { ...body, expectedTag: wanted.expectedTag });
    const state = await commitAs(this.store, WORDS, { ...caller, ...once, rows: [{ kind: 'mailbox-link', id: mailbox, expect, body }] });
    return this.keptByItsUser(caller, asEntity(state));
  }

  /** A repeated unlink of the same version answers the same. */
  async unlink(caller: Caller, key: string, expectedTag: string): Promise<void> {
    const mailbox = checkMailbox(key);
    const tag = checkTag(expectedTag);
    const earlier = await this.store.read(caller.tenant, 'mailbox-link', mailbox);
    if (earlier?.deleted && earlier.parentTag === tag) return;
    const { body } = await this.get(caller.tenant, mailbox);
    await commitAs(this.store, WORDS, { ...caller, rows: [{ kind: 'mailbox-link', id: mailbox, expect: { tag }, body: asBody('mailbox-link', body), deleted: true }] });
  }

  async get(tenant: string, key: string): Promise<Entity<'mailbox-link'>> {
    const mailbox = checkMailbox(key);
    const found = await find(this.store, tenant, 'mailbox-link', mailbox);
    if (!found) throw new DomainError('not-found', 'mailbox-links/unknown', `Mailbox ${mailbox} belongs to nobody`, { field: 'mailbox', remedy: 'Give it to a user first.' });
    return found;
  }

  list(tenant: string, userId: string): Promise<Entity<'mailbox-link'>[]> {
    return mailboxesOf(this.store, tenant, userId);
  }

  /** Two links made at the same moment may both see the tenth place free: eleven are a nuisance, not a fault. */
  private async requireRoom(tenant: string, userId: string, mailbox: string): Promise<void> {
    const others = (await mailboxesOf(this.store, tenant, userId)).filter(({ id }) => id !== mailbox);
    if (others.length < MOST_MAILBOXES) return;
    throw new DomainError('exhausted', 'mailbox-links/too-many', `A user has at most ${MOST_MAILBOXES} mailboxes`, { field: 'userId', remedy: 'Take one away first.' });
  }

  /** The user may have been deleted since it was looked up: then the mailbox is nobody's. */
  private async keptByItsUser(caller: Caller, link: Entity<'mailbox-link'>): Promise<Entity<'mailbox-link'>> {
    const { userId } = link.body;
    if (await find(this.store, caller.tenant, 'user', userId)) return link;
    await this.store.commit({ ...caller, rows: [{ kind: 'mailbox-link', id: link.id, expect: { tag: link.tag }, body: asBody('mailbox-link', link.body), deleted: true }] }).catch(() => undefined);
    await getUser(this.store, caller.tenant, userId);
    return link;
  }
}
