import { mailboxLinkOf } from './directory.mapper.ts';
import type { EntityTable } from './entity-table.ts';

export interface OwnedMailbox {
  readonly number: string;
  readonly tag: string;
}

/** Which mailboxes a user has. Events name the mailbox, decisions the user. */
export class MailboxOwners {
  private readonly ownerOf = new Map<string, string>();
  private readonly mailboxesOf = new Map<string, Set<string>>();
  private readonly table: EntityTable;
  private readonly tenant: string;

  constructor(table: EntityTable, tenant: string) {
    this.table = table;
    this.tenant = tenant;
    for (const link of table.live('mailbox-link')) if (link.tenant === tenant) this.changed(link.id);
  }

  /** The first by number takes the calls; shorter numbers first. */
  firstOf(userId: string): OwnedMailbox | undefined {
    const [number] = [...(this.mailboxesOf.get(userId) ?? [])].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    if (number === undefined) return undefined;
    return { number, tag: this.table.find(this.tenant, 'mailbox-link', number)?.tag ?? '' };
  }

  /** The link of this mailbox is new, other or gone. Returns the users whom that concerns: who had it and who has it. */
  changed(mailbox: string): string[] {
    const before = this.ownerOf.get(mailbox) ?? '';
    const link = this.table.find(this.tenant, 'mailbox-link', mailbox);
    const after = link ? mailboxLinkOf(link).userId : '';
    this.forget(mailbox, before);
    if (after !== '') {
      this.ownerOf.set(mailbox, after);
      const mailboxes = this.mailboxesOf.get(after) ?? new Set();
      this.mailboxesOf.set(after, mailboxes.add(mailbox));
    }
    return [before, after].filter((userId) => userId !== '');
  }

  private forget(mailbox: string, userId: string): void {
    this.ownerOf.delete(mailbox);
    const mailboxes = this.mailboxesOf.get(userId);
    if (mailboxes?.delete(mailbox) && mailboxes.size === 0) this.mailboxesOf.delete(userId);
  }
}
