import { randomUUID } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import type { ChangeRecord, ChangesQuery, CommitRequest, EntityState, EntityStore, RowChange } from './entities.store.ts';

/** For specs: the change log's promises in memory, in the order of the calls. */
export class FakeEntityStore implements EntityStore {
  readonly history: ChangeRecord[] = [];
  readonly names = new Map<string, string>();
  private readonly states = new Map<string, EntityState>();
  private readonly answers = new Map<string, { wishes: string; states: EntityState[] }>();
  /** runs before the next commit: a second writer that comes in between */
  beforeCommit: (() => Promise<unknown>) | undefined;

  read(tenant: string, kind: string, id: string): Promise<EntityState | undefined> {
    return Promise.resolve(this.states.get(keyOf(tenant, kind, id)));
  }

  async commit(change: CommitRequest): Promise<readonly EntityState[]> {
    const meanwhile = this.beforeCommit;
    this.beforeCommit = undefined;
    await meanwhile?.();
    const wishes = change.fingerprint ?? JSON.stringify(change.rows);
    const once = `${change.tenant}/${change.idempotencyKey}`;
    const earlier = change.idempotencyKey === undefined ? undefined : this.answers.get(once);
    if (earlier && earlier.wishes !== wishes) throw new DomainError('invalid', 'idempotency/key-reused', 'This key was used for another request');
    if (earlier) return earlier.states;
    for (const row of change.rows) this.check(change.tenant, row);
    const states = change.rows.map((row) => this.write(change, row));
    if (change.idempotencyKey !== undefined) this.answers.set(once, { wishes, states });
    return states;
  }

  changes(tenant: string, { kind, id, pageSize }: ChangesQuery): Promise<{ items: ChangeRecord[]; nextPageToken: string }> {
    const items = this.history.filter((state) => state.tenant === tenant && (kind ?? state.kind) === state.kind && (id ?? state.id) === state.id);
    return Promise.resolve({ items: items.reverse().slice(0, pageSize), nextPageToken: '' });
  }

  claimName(scope: string, name: string, tenant: string): Promise<boolean> {
    const key = `${scope}/${name}`;
    if (!this.names.has(key)) this.names.set(key, tenant);
    return Promise.resolve(this.names.get(key) === tenant);
  }

  private check(tenant: string, { kind, id, expect }: RowChange): void {
    const current = this.states.get(keyOf(tenant, kind, id));
    const details = { kind, id, currentTag: current?.tag ?? '' };
    if (expect === 'absent' && current && !current.deleted) throw new DomainError('conflict', 'change-log/exists', 'It exists', details);
    if (typeof expect === 'object' && current?.tag !== expect.tag) throw new DomainError('conflict', 'change-log/stale', 'It changed', details);
  }

  private write({ tenant, actor }: CommitRequest, { kind, id, body, deleted = false }: RowChange): EntityState {
    const before = this.states.get(keyOf(tenant, kind, id));
    const changedAt = new Date(Date.UTC(2026, 0, 1) + this.history.length * 1000).toISOString();
    const state = { tenant, kind, id, version: (before?.version ?? 0) + 1, tag: randomUUID(), parentTag: before?.tag ?? '', changedAt, site: 'site-a', actor, deleted, body };
    this.states.set(keyOf(tenant, kind, id), state);
    this.history.push(before ? { ...state, previousBody: before.body } : state);
    return state;
  }
}

function keyOf(tenant: string, kind: string, id: string): string {
  return `${tenant}/${kind}/${id}`;
}
