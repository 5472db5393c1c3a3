import { type Entity, EntityTable } from '@sfs/projection';
import type { MailboxBody, SettingsBody } from '../entities/bodies.ts';

/** Which mailboxes there are and what is set for them, for calls that come while the store is away. */
export class KnownMailboxes {
  readonly #table = new EntityTable();
  readonly #keys = new Map<string, { readonly tenant: string; readonly mailbox: string }>();
  loads = 0;

  apply(entity: Entity): void {
    if (entity.kind === 'mailbox' && this.#table.apply(entity)) this.#note(entity);
  }

  async load(entities: AsyncIterable<Entity>): Promise<number> {
    const news = await this.#table.load(entities);
    for (const entity of news) this.#note(entity);
    this.loads += 1;
    return news.length;
  }

  findSettings(tenant: string, mailbox: string): SettingsBody | undefined {
    return (this.#table.get(tenant, 'mailbox', mailbox)?.body as unknown as MailboxBody | undefined)?.settings;
  }

  all(): readonly { readonly tenant: string; readonly mailbox: string }[] {
    return [...this.#keys.values()];
  }

  #note({ tenant, id, deleted }: Entity): void {
    const key = `${tenant}/${id}`;
    if (deleted) this.#keys.delete(key);
    else this.#keys.set(key, { tenant, mailbox: id });
  }
}
