import { randomUUID } from 'node:crypto';
import { type CqlSession, type Page, type Row, textOf } from '@sfs/cassandra';
import { DomainError } from '@sfs/kernel';
import { insertAudit, listAudit } from './audit.cql.ts';
import type { AuditEntry, AuditPage, AuditStore, RecordedEntry } from './audit.store.ts';

/** One more than the table's time to live: an older month has no rows. */
const MONTHS = 14;
const TOKEN = /^(\d{4}-(?:0[1-9]|1[0-2]))\.([A-Za-z0-9]*)$/;

export class CassandraAuditStore implements AuditStore {
  readonly #session: CqlSession;
  readonly #now: () => Date;
  #last = '';

  constructor(session: CqlSession, now: () => Date) {
    this.#session = session;
    this.#now = now;
  }

  async add(entry: AuditEntry): Promise<void> {
    const at = this.#nextTime();
    await this.#session.execute(insertAudit, [entry.tenant, monthOf(at), at, randomUUID(), entry.actor, entry.kind, entry.entityId, JSON.stringify(entry.body)]);
  }

  async list(tenant: string, pageToken: string, pageSize: number): Promise<AuditPage> {
    const { month, state } = this.#begin(pageToken);
    const page = await this.#page(tenant, month, { size: pageSize, ...(state === '' ? {} : { state }) });
    if (page.items.length > 0 || page.nextPageToken === '') return page;
    return this.#page(tenant, this.#begin(page.nextPageToken).month, { size: pageSize });
  }

  async #page(tenant: string, month: string, page: Page): Promise<AuditPage> {
    const { rows, pageState } = await this.#session.execute(listAudit, [tenant, month], page);
    const next = pageState === undefined ? await this.#monthBefore(tenant, month) : month;
    return { items: rows.map((row) => entryOf(tenant, row)), nextPageToken: next === '' ? '' : `${next}.${pageState ?? ''}` };
  }

  /** The newest earlier month that has entries; '' = none. */
  async #monthBefore(tenant: string, month: string): Promise<string> {
    const oldest = monthsBefore(monthOf(this.#now().toISOString()), MONTHS);
    const earlier = Array.from({ length: MONTHS }, (_, index) => monthsBefore(month, index + 1)).filter((candidate) => candidate > oldest);
    const found = await Promise.all(earlier.map(async (candidate) => (await this.#session.execute(listAudit, [tenant, candidate], { size: 1 })).rows.length > 0));
    return earlier[found.indexOf(true)] ?? '';
  }

  /** Microseconds, always rising in this process: two facts of one millisecond keep their order. */
  #nextTime(): string {
    const millisecond = this.#now().toISOString().slice(0, -1);
    const count = this.#last.startsWith(millisecond) ? Number(this.#last.slice(-4, -1)) + 1 : 0;
    this.#last = `${millisecond}${String(Math.min(count, 999)).padStart(3, '0')}Z`;
    return this.#last;
  }

  #begin(pageToken: string): { month: string; state: string } {
    if (pageToken === '') return { month: monthOf(this.#now().toISOString()), state: '' };
    const match = TOKEN.exec(pageToken);
    if (!match) throw new DomainError('invalid', 'changes/page-token', 'This page token is not ours', { field: 'pageToken', remedy: 'Begin at the first page.' });
    return { month: match[1] ?? '', state: match[2] ?? '' };
  }
}

function monthOf(at: string): string {
  return at.slice(0, 7);
}

export function monthsBefore(month: string, count: number): string {
  const [year = 0, index = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, index - 1 - count, 1)).toISOString().slice(0, 7);
}

function entryOf(tenant: string, row: Row): RecordedEntry {
  return {
    tenant,
    at: textOf(row, 'at'),
    id: textOf(row, 'id'),
    actor: textOf(row, 'actor'),
    kind: textOf(row, 'kind') as RecordedEntry['kind'],
    entityId: textOf(row, 'entity_id'),
    body: JSON.parse(textOf(row, 'body')) as RecordedEntry['body'],
  };
}
