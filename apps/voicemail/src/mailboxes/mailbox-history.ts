import { greetingId, isMailboxNumber, type Kind } from '../entities/bodies.ts';
import { badPageToken, checkPage } from '../entities/check-input.ts';
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

interface Source {
  readonly kind: Kind;
  readonly id: string;
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

  /** Merges the histories of the mailbox's entities. The token says up to which moment everything was shown. */
  async #ofMailbox(tenant: string, number: string, { pageSize, pageToken }: { pageSize: number; pageToken: string }): Promise<ChangesPage> {
    const after = placeOf(pageToken);
    const sources: readonly Source[] = [
      { kind: 'mailbox', id: number },
      { kind: 'mailbox-pin', id: number },
      { kind: 'mailbox-unlock', id: number },
      { kind: 'listening', id: number },
      { kind: 'greeting', id: greetingId(number, 'greeting') },
      { kind: 'greeting', id: greetingId(number, 'name') },
    ];
    const each = await Promise.all(sources.map((source) => this.#after(tenant, source, after, pageSize + 1)));
    const all = each.flat().sort((a, b) => (isAfter(a, b) ? 1 : -1));
    const shown = all.slice(0, pageSize);
    const last = shown.at(-1);
    return { changes: shown, nextPageToken: last !== undefined && all.length > shown.length ? Buffer.from(JSON.stringify([last.changedAt, last.tag])).toString('base64url') : '' };
  }

  /** The next ones of one entity. Its history is read from its newest on: short, next to what one person may read through. */
  async #after(tenant: string, source: Source, after: Place | undefined, wanted: number): Promise<ChangeRecord[]> {
    const found: ChangeRecord[] = [];
    let pageToken = '';
    do {
      const page = await this.#store.changes(tenant, { ...source, pageSize: 200, ...(pageToken === '' ? {} : { pageToken }) });
      found.push(...page.items.filter((record) => after === undefined || isAfter(record, after)));
      pageToken = page.nextPageToken;
    } while (pageToken !== '' && found.length < wanted);
    return found.slice(0, wanted);
  }
}

const NO_CHANGES: ChangesPage = { changes: [], nextPageToken: '' };

type Place = Pick<ChangeRecord, 'changedAt' | 'tag'>;

/** Comes later in a list that begins with the newest. */
function isAfter(record: Place, place: Place): boolean {
  return record.changedAt === place.changedAt ? record.tag > place.tag : record.changedAt < place.changedAt;
}

function placeOf(token: string): Place | undefined {
  if (token === '') return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === 2 && parts.every((part) => typeof part === 'string')) return { changedAt: String(parts[0]), tag: String(parts[1]) };
  } catch {
    // falls through to the refusal
  }
  throw badPageToken();
}
