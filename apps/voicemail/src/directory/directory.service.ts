import type { Directory, MailboxKey, Phone } from './directory.port.ts';
import { type Entity, EntityTable, textOf } from '@sfs/projection';

export const DIRECTORY_KINDS = ['switch', 'user', 'dn', 'mailbox-link'] as const;

/** Provisioning's users, numbers and links as far as mailboxes need them, indexed by what is asked. */
export class ProjectedDirectory implements Directory {
  readonly #table = new EntityTable();
  /** of one user: numbers and mailboxes */
  readonly #ofUser = new Map<string, { readonly dn: Map<string, Entity>; readonly 'mailbox-link': Map<string, Entity> }>();
  /** to the tenant and id of the switch */
  readonly #switches = new Map<string, { readonly tenant: string; readonly id: string }>();
  /** by entity: under which key it is indexed now */
  readonly #placed = new Map<string, string>();
  loads = 0;

  get isLoaded(): boolean {
    return this.loads > 0;
  }

  apply(entity: Entity): void {
    if (this.#table.apply(entity)) this.#index(entity);
  }

  /** The whole state. Returns how many were news. */
  async load(entities: AsyncIterable<Entity>): Promise<number> {
    const news = await this.#table.load(entities);
    for (const entity of news) this.#index(entity);
    this.loads += 1;
    return news.length;
  }

  mailboxesOfNumber(sipDomain: string, number: string): readonly MailboxKey[] {
    const home = this.#switches.get(sipDomain.toLowerCase());
    const dn = home && this.#table.get(home.tenant, 'dn', `${home.id}/${number}`);
    if (!dn) return [];
    const links = this.#ofUser.get(`${dn.tenant}/${textOf(dn, 'userId')}`)?.['mailbox-link'].keys() ?? [];
    return [...links].sort(byNumber).map((mailbox) => ({ tenant: dn.tenant, mailbox }));
  }

  phonesOf(tenant: string, mailbox: string): readonly Phone[] {
    const numbers = this.#ofUser.get(`${tenant}/${this.#ownerOf(tenant, mailbox)}`)?.dn.values() ?? [];
    return [...numbers].flatMap((dn) => {
      const home = this.#table.get(tenant, 'switch', textOf(dn, 'switchId'));
      return home ? [{ number: textOf(dn, 'number'), sipDomain: textOf(home, 'sipDomain') }] : [];
    });
  }

  ownerName(tenant: string, mailbox: string): string {
    const user = this.#table.get(tenant, 'user', this.#ownerOf(tenant, mailbox));
    return user ? textOf(user, 'displayName') : '';
  }

  get size(): number {
    return this.#table.size;
  }

  #ownerOf(tenant: string, mailbox: string): string {
    const link = this.#table.get(tenant, 'mailbox-link', mailbox);
    return link ? textOf(link, 'userId') : '';
  }

  #index(entity: Entity): void {
    if (entity.kind === 'switch') this.#place(entity, textOf(entity, 'sipDomain').toLowerCase(), (domain) => this.#switches.delete(domain), (domain) => this.#switches.set(domain, entity));
    if (entity.kind !== 'dn' && entity.kind !== 'mailbox-link') return;
    const { kind, id, tenant } = entity;
    const userId = textOf(entity, 'userId');
    this.#place(entity, userId === '' ? '' : `${tenant}/${userId}`, (user) => this.#leave(user, kind, id), (user) => this.#join(user, kind, entity));
  }

  /** From where it stood to where it stands; '' and deleted = nowhere. */
  #place({ tenant, kind, id, deleted }: Entity, key: string, leave: (key: string) => void, join: (key: string) => void): void {
    const name = `${tenant}/${kind}/${id}`;
    const before = this.#placed.get(name);
    if (before !== undefined) leave(before);
    this.#placed.delete(name);
    if (deleted || key === '') return;
    join(key);
    this.#placed.set(name, key);
  }

  #join(user: string, kind: 'dn' | 'mailbox-link', entity: Entity): void {
    let of = this.#ofUser.get(user);
    if (!of) this.#ofUser.set(user, (of = { dn: new Map(), 'mailbox-link': new Map() }));
    of[kind].set(entity.id, entity);
  }

  #leave(user: string, kind: 'dn' | 'mailbox-link', id: string): void {
    const of = this.#ofUser.get(user);
    of?.[kind].delete(id);
    if (of && of.dn.size + of['mailbox-link'].size === 0) this.#ofUser.delete(user);
  }
}

/** As the links are listed: the first one takes the calls. */
function byNumber(a: string, b: string): number {
  return a < b ? -1 : 1;
}
