import type { CqlResult, CqlSession, Page, Row, Statement } from '@sfs/cassandra';
import { describe, expect, it } from 'vitest';
import { CassandraAuditStore, monthsBefore } from './audit.store.cassandra.ts';
import type { AuditEntry } from './audit.store.ts';

const entry: AuditEntry = { tenant: 'default', actor: 'admin', kind: 'sign-in', entityId: 'admin', body: { event: 'signed-in', address: '::1' } };

/** Keeps rows by tenant and month as the table does, newest first, and pages by offset. */
class AuditTable implements CqlSession {
  readonly connected = true;
  readonly rows = new Map<string, Row[]>();
  reads = 0;

  async execute({ cql }: Statement, [tenant, month, ...rest]: readonly unknown[], page?: Page): Promise<CqlResult> {
    const key = `${String(tenant)} ${String(month)}`;
    const rows = this.rows.get(key) ?? [];
    if (cql.startsWith('INSERT')) {
      const [at, id, actor, kind, entityId, body] = rest;
      this.rows.set(key, [{ at, id, actor, kind, entity_id: entityId, body }, ...rows]);
      return { rows: [], applied: true };
    }
    this.reads += 1;
    const start = Number(page?.state ?? 0);
    const end = start + (page?.size ?? rows.length);
    return { rows: rows.slice(start, end), applied: true, ...(end < rows.length ? { pageState: String(end) } : {}) };
  }

  async batch(): Promise<CqlResult> {
    return { rows: [], applied: true };
  }

  async close(): Promise<void> {}
}

function setUp(start: string) {
  const clock = { now: new Date(start) };
  const table = new AuditTable();
  return { clock, table, sut: new CassandraAuditStore(table, () => clock.now) };
}

async function readAll(sut: CassandraAuditStore, pageSize: number): Promise<string[]> {
  const times: string[] = [];
  let token = '';
  do {
    const page = await sut.list('default', token, pageSize);
    times.push(...page.items.map(({ at }) => at));
    token = page.nextPageToken;
  } while (token !== '');
  return times;
}

describe('CassandraAuditStore', () => {
  it('keeps the order of facts of one millisecond', async () => {
    const { sut } = setUp('2026-11-25T03:00:00.123Z');
    for (let count = 0; count < 3; count += 1) await sut.add(entry);
    expect(await readAll(sut, 10)).toEqual(['2026-11-25T03:00:00.123002Z', '2026-11-25T03:00:00.123001Z', '2026-11-25T03:00:00.123000Z']);
  });

  it('reads on through months, also quiet ones, whatever the size of a page', async () => {
    const { sut, clock } = setUp('2026-01-15T00:00:00Z');
    for (const month of ['2026-01', '2026-02', '2026-06', '2026-06', '2026-06']) {
      clock.now = new Date(`${month}-15T00:00:00Z`);
      await sut.add(entry);
    }
    clock.now = new Date('2026-08-01T00:00:00Z');
    for (const pageSize of [1, 2, 3, 50]) expect(await readAll(sut, pageSize), `page size ${pageSize}`).toHaveLength(5);
  });

  it('says at once that nothing is left', async () => {
    const { sut, table } = setUp('2026-11-25T00:00:00Z');
    await sut.add(entry);
    expect((await sut.list('default', '', 50)).nextPageToken).toBe('');
    expect(table.reads).toBeLessThan(16);
    expect(await sut.list('acme', '', 50)).toEqual({ items: [], nextPageToken: '' });
  });

  it.each([['x'], ['2026-13.'], ['2026-11'], ["2026-11.'"]])('refuses the foreign token %s', async (token) => {
    await expect(setUp('2026-11-25T00:00:00Z').sut.list('default', token, 50)).rejects.toMatchObject({ code: 'changes/page-token' });
  });

  it('counts months back across years', () => {
    expect([monthsBefore('2026-01', 1), monthsBefore('2026-11', 14), monthsBefore('2026-11', 0)]).toEqual(['2025-12', '2025-09', '2026-11']);
  });
});
