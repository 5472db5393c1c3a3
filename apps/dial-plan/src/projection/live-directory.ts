import { effectiveCallSettings, type CallSettings } from '@sfs/call-settings';
import type { Directory, DirectoryEntry } from '@sfs/dial-plan';
import { SetHash } from './content-hash.ts';
import { numberOf, settingsOf, switchOf, userOf } from './directory.mapper.ts';
import type { EntityTable } from './entity-table.ts';
import type { Entity } from './entity.ts';
import { MailboxOwners } from './mailbox-owners.ts';

/** A number that belongs to nobody rings its phone all the same. */
const NOBODY = { displayName: '', callingProfileId: '' };

interface Placed {
  readonly entry: DirectoryEntry;
  readonly siteId: string;
  /** whom the number names, known here or not */
  readonly ownerId: string;
  /** tags of all that the entry was made of */
  readonly made: string;
}

/** The numbers of one bound switch. One entry is made anew and replaced in place per change; whoever decides in between sees the old or the new one. */
export class LiveDirectory implements Directory {
  private readonly entries = new Map<string, Placed>();
  private readonly numbersOfUser = new Map<string, Set<string>>();
  private readonly mailboxes: MailboxOwners;
  private readonly hash = new SetHash();
  private readonly table: EntityTable;
  private readonly switchId: string;
  private readonly tenant: string;

  constructor(table: EntityTable, tenant: string, switchId: string) {
    this.table = table;
    this.tenant = tenant;
    this.switchId = switchId;
    this.mailboxes = new MailboxOwners(table, tenant);
    const prefix = `${switchId}/`;
    for (const dn of table.live('dn')) if (dn.tenant === tenant && dn.id.startsWith(prefix)) this.place(dn.id.slice(prefix.length));
  }

  find(number: string): DirectoryEntry | undefined {
    return this.entries.get(number)?.entry;
  }

  get size(): number {
    return this.entries.size;
  }

  get revision(): string {
    return this.hash.toString();
  }

  /** Users whose profile is `callingProfileId`, for the answer "who uses it". */
  countProfile(callingProfileId: string): number {
    let count = 0;
    for (const { entry } of this.entries.values()) if (entry.callingProfileId === callingProfileId) count++;
    return count;
  }

  /** `entity` is in the table already. Returns whether anything here was made of it. */
  changed(entity: Entity): boolean {
    if (entity.tenant !== this.tenant) return false;
    const numbers = new Set(this.touched(entity));
    for (const number of numbers) this.place(number);
    return numbers.size > 0;
  }

  private touched({ kind, id }: Entity): Iterable<string> {
    if (kind === 'dn') return id.startsWith(`${this.switchId}/`) ? [id.slice(this.switchId.length + 1)] : [];
    if (kind === 'user') return this.numbersOfUser.get(id) ?? [];
    if (kind === 'mailbox-link') return this.mailboxes.changed(id).flatMap((userId) => [...(this.numbersOfUser.get(userId) ?? [])]);
    if (kind !== 'call-settings') return [];
    if (id.startsWith('user/')) return this.numbersOfUser.get(id.slice(5)) ?? [];
    if (id.startsWith('site/')) return this.numbersOfSite(id.slice(5));
    return this.entries.keys();
  }

  private *numbersOfSite(siteId: string): IterableIterator<string> {
    for (const [number, placed] of this.entries) if (placed.siteId === siteId) yield number;
  }

  private place(number: string): void {
    this.remove(number);
    const dn = this.table.find(this.tenant, 'dn', `${this.switchId}/${number}`);
    if (!dn) return;
    const { userId } = numberOf(dn);
    // Remembered also while the user is not known yet: events come in any order.
    if (userId !== '') this.link(userId, number);
    const placed = this.make(number, dn, userId);
    this.entries.set(number, placed);
    this.hash.add(placed.made);
  }

  private make(number: string, dn: Entity, userId: string): Placed {
    const userEntity = userId === '' ? undefined : this.table.find(this.tenant, 'user', userId);
    const user = userEntity && userOf(userEntity);
    const siteId = user?.siteId || this.siteOfSwitch();
    const layers = [this.layer('tenant/'), this.layer(`site/${siteId}`), user && this.layer(`user/${userId}`)] as const;
    const [tenant, site, own] = layers.map((layer) => layer?.settings);
    const settings = effectiveCallSettings({ tenant, site, user: own });
    const { displayName, callingProfileId } = user ?? NOBODY;
    const mailbox = user ? this.mailboxes.firstOf(userId) : undefined;
    const entry: DirectoryEntry = { number, userId: user ? userId : '', displayName, callingProfileId, mailbox: mailbox?.number ?? '', settings };
    return { entry, siteId, ownerId: userId, made: [number, dn.tag, userEntity?.tag, mailbox?.tag, ...layers.map((layer) => layer?.tag)].join(' ') };
  }

  private layer(id: string): { settings: CallSettings | undefined; tag: string } | undefined {
    const entity = this.table.find(this.tenant, 'call-settings', id);
    return entity && { settings: settingsOf(entity), tag: entity.tag };
  }

  private siteOfSwitch(): string {
    const entity = this.table.find(this.tenant, 'switch', this.switchId);
    return entity ? switchOf(entity).siteId : '';
  }

  private link(userId: string, number: string): void {
    const numbers = this.numbersOfUser.get(userId);
    if (numbers) numbers.add(number);
    else this.numbersOfUser.set(userId, new Set([number]));
  }

  private remove(number: string): void {
    const placed = this.entries.get(number);
    if (!placed) return;
    this.hash.remove(placed.made);
    this.entries.delete(number);
    const numbers = this.numbersOfUser.get(placed.ownerId);
    if (numbers?.delete(number) && numbers.size === 0) this.numbersOfUser.delete(placed.ownerId);
  }
}
