import { DomainError } from '@sfs/kernel';
import { checkSettings } from '@sfs/voicemail';
import { asBody, asEntity, find, getMailbox, isMailboxNumber, unknownMailbox, type Entity, type SettingsBody } from '../entities/bodies.ts';
import { type Caller, commitAs, onceOnly } from '@sfs/change-log';
import { checkKey, checkMailboxNumber, checkPage, checkTag } from '../entities/check-input.ts';
import type { ChangeRecord, EntityState, EntityStore, RowChange } from '../entities/entities.store.ts';
import { MAILBOXES, PUBLISHED_KINDS } from '../entities/entity-kinds.ts';
import { viewOf, type MailboxView, type ViewSources } from './mailbox-view.ts';
import { MailboxHistory, type ChangesQuery } from './mailbox-history.ts';

const WORDS = { area: 'mailboxes', subject: 'The mailbox' };
const VIEWS_AT_ONCE = 8;

export interface MailboxParts {
  readonly store: EntityStore;
  readonly view: ViewSources;
  readonly pins: {
    firstPin(tenant: string, number: string): Promise<{ readonly pin: string; readonly hash: string; readonly row: RowChange }>;
    forget(caller: Caller, number: string): Promise<void>;
    reset(caller: Caller, number: string): Promise<string>;
    unlock(caller: Caller, number: string): Promise<void>;
  };
  readonly greetings: {
    delete(caller: Caller, number: string, kind: string): Promise<void>;
    deletions(tenant: string, number: string): Promise<readonly RowChange[]>;
  };
  /** its lamp may have to change */
  readonly touched: (tenant: string, number: string) => void;
  readonly now: () => number;
}

export interface WrittenMailbox {
  readonly number: string;
  readonly settings: SettingsBody;
  readonly idempotencyKey: string;
}

export class MailboxesService {
  readonly #parts: MailboxParts;
  readonly #history: MailboxHistory;

  constructor(parts: MailboxParts) {
    this.#parts = parts;
    this.#history = new MailboxHistory(parts.store);
  }

  /** The PIN is in this answer only; '' when the request is a repeated one. */
  async create(caller: Caller, wanted: WrittenMailbox): Promise<{ view: MailboxView; oneTimePin: string }> {
    const { store, pins, now } = this.#parts;
    const number = checkMailboxNumber(wanted.number);
    const settings = checkedSettings(wanted.settings);
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    const first = await pins.firstPin(caller.tenant, number);
    const body = asBody('mailbox', { number, settings, since: new Date(now()).toISOString() });
    const rows: RowChange[] = [{ kind: 'mailbox', id: number, expect: 'absent', body }, first.row];
    const state = await commitAs(store, WORDS, { ...caller, ...onceOnly(idempotencyKey, { number, settings }), rows });
    const stored = await find(store, caller.tenant, 'mailbox-pin', number);
    const isOurs = stored?.body.hash === first.hash;
    if (isOurs) await pins.forget(caller, number);
    return { view: await this.#view(asEntity(state)), oneTimePin: isOurs ? first.pin : '' };
  }

  async get(tenant: string, number: string): Promise<MailboxView> {
    return this.#view(await getMailbox(this.#parts.store, tenant, number));
  }

  /** In order of the digits. */
  async list(tenant: string, query: { query: string; pageSize: number; pageToken: string }): Promise<{ views: MailboxView[]; nextPageToken: string }> {
    const { pageSize, pageToken } = checkPage(query);
    if (query.query !== '' && !isMailboxNumber(query.query)) return { views: [], nextPageToken: '' };
    const page = await this.#parts.store.list(tenant, MAILBOXES, { prefix: query.query, pageSize, ...(pageToken === '' ? {} : { pageToken }) });
    const mailboxes = page.items.filter(({ deleted }) => !deleted).map((state) => asEntity<'mailbox'>(state));
    const views: MailboxView[] = [];
    for (let at = 0; at < mailboxes.length; at += VIEWS_AT_ONCE) {
      views.push(...(await Promise.all(mailboxes.slice(at, at + VIEWS_AT_ONCE).map((mailbox) => this.#view(mailbox)))));
    }
    return { views, nextPageToken: page.nextPageToken };
  }

  async update(caller: Caller, wanted: WrittenMailbox & { readonly expectedTag: string }): Promise<MailboxView> {
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    const tag = checkTag(wanted.expectedTag);
    const settings = checkedSettings(wanted.settings);
    const { body } = await getMailbox(this.#parts.store, caller.tenant, wanted.number);
    const next = asBody('mailbox', { ...body, settings });
    const state = await commitAs(this.#parts.store, WORDS, { ...caller, ...onceOnly(idempotencyKey, { ...next, tag }), rows: [{ kind: 'mailbox', id: wanted.number, expect: { tag }, body: next }] });
    return this.#view(asEntity(state));
  }

  /** PIN and greetings go with it. Messages stay where they are and are never shown again, not even in a new mailbox of this number. */
  async delete(caller: Caller, number: string, expectedTag: string): Promise<void> {
    const { store, greetings, touched } = this.#parts;
    const tag = checkTag(expectedTag);
    const earlier = isMailboxNumber(number) ? await store.read(caller.tenant, 'mailbox', number) : undefined;
    if (earlier === undefined || (earlier.deleted && earlier.parentTag !== tag)) throw unknownMailbox();
    if (earlier.deleted) return;
    const rows: RowChange[] = [{ kind: 'mailbox', id: number, expect: { tag }, body: earlier.body, deleted: true }, ...(await greetings.deletions(caller.tenant, number))];
    const pin = await find(store, caller.tenant, 'mailbox-pin', number);
    if (pin) rows.push({ kind: 'mailbox-pin', id: number, expect: 'any', body: {}, deleted: true });
    await commitAs(store, WORDS, { ...caller, rows });
    touched(caller.tenant, number);
  }

  async resetPin(caller: Caller, number: string): Promise<string> {
    await getMailbox(this.#parts.store, caller.tenant, number);
    return this.#parts.pins.reset(caller, number);
  }

  async unlock(caller: Caller, number: string): Promise<void> {
    await getMailbox(this.#parts.store, caller.tenant, number);
    await this.#parts.pins.unlock(caller, number);
  }

  async deleteGreeting(caller: Caller, number: string, kind: string): Promise<void> {
    await this.#parts.greetings.delete(caller, number, kind);
  }

  load(): AsyncIterable<EntityState> {
    return this.#parts.store.loadAll(PUBLISHED_KINDS);
  }

  changes(tenant: string, query: ChangesQuery): Promise<{ changes: readonly ChangeRecord[]; nextPageToken: string }> {
    return this.#history.list(tenant, query);
  }

  #view(mailbox: Entity<'mailbox'>): Promise<MailboxView> {
    return viewOf(this.#parts.view, mailbox);
  }
}

/** Every fault at once, as JSON in details.issues; the first is the answer's own. */
function checkedSettings(settings: SettingsBody): SettingsBody {
  const checked = checkSettings(settings);
  if (checked.ok) return settings;
  const [first] = checked.error;
  if (!first) return settings;
  throw new DomainError('invalid', first.code, first.message, { field: first.field, remedy: first.remedy, issues: JSON.stringify(checked.error) });
}
