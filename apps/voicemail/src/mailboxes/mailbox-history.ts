import { mergedHistory } from '@sfs/change-log';
import { greetingId, isMailboxNumber, type Kind } from '../entities/bodies.ts';
import { checkPage } from '../entities/check-input.ts';
import type { ChangeRecord, EntityStore } from '../entities/entities.store.ts';

export interface ChangesQuery {
  /** a mailbox's number; '' = all */
  readonly entityId: string;
  readonly pageSize: number;
  readonly pageToken: string;
}

export interface ChangesPage {
  readonly changes: readonly ChangeRecord[];
  readonly nextPageToken: string;
}

/** Who did what to mailboxes: settings, PINs (never their bodies), greetings, unlocking, listening by administrators. */
export class MailboxHistory {
  readonly #store: Pick<EntityStore, 'changes'>;

  constructor(store: Pick<EntityStore, 'changes'>) {
    this.#store = store;
  }

  async list(tenant: string, query: ChangesQuery): Promise<ChangesPage> {
    const { pageSize, pageToken } = checkPage(query);
    if (query.entityId !== '') return isMailboxNumber(query.entityId) ? this.#ofMailbox(tenant, query.entityId, { pageSize, pageToken }) : NO_CHANGES;
    const { items, nextPageToken } = await this.#store.changes(tenant, { pageSize, ...(pageToken === '' ? {} : { pageToken }) });
    return { changes: items, nextPageToken };
  }

  #ofMailbox(tenant: string, number: string, { pageSize, pageToken }: { pageSize: number; pageToken: string }): Promise<ChangesPage> {
    const sources: readonly { readonly kind: Kind; readonly id: string }[] = [
      { kind: 'mailbox', id: number },
      { kind: 'mailbox-pin', id: number },
      { kind: 'mailbox-unlock', id: number },
      { kind: 'listening', id: number },
      { kind: 'greeting', id: greetingId(number, 'greeting') },
      { kind: 'greeting', id: greetingId(number, 'name') },
    ];
    return mergedHistory(this.#store, { tenant, sources, pageSize, pageToken });
  }
}

const NO_CHANGES: ChangesPage = { changes: [], nextPageToken: '' };
