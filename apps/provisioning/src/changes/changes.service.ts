import { refuse, checkPage } from '../entities/check-input.ts';
import type { EntityState, EntityStore, ChangeRecord } from '../entities/entities.store.ts';
import { PUBLISHED_KINDS } from '../entities/entity-kinds.ts';

export interface ChangesQuery {
  readonly kind: string;
  readonly entityId: string;
  readonly pageSize: number;
  readonly pageToken: string;
}

/** The owner's side of following changes. Kinds that are not published do not exist here. */
export class ChangesService {
  private readonly store: EntityStore;

  constructor(store: EntityStore) {
    this.store = store;
  }

  loadState(kinds: readonly string[]): AsyncIterable<EntityState> {
    kinds.forEach(checkKind);
    return this.store.loadAll(kinds.length === 0 ? PUBLISHED_KINDS : kinds);
  }

  async list(tenant: string, request: ChangesQuery): Promise<{ changes: ChangeRecord[]; nextPageToken: string }> {
    const { pageSize, pageToken } = checkPage(request);
    const { kind, entityId } = request;
    if (kind !== '') checkKind(kind);
    if (entityId !== '' && kind === '') throw refuse({ code: 'input/kind', field: 'kind', message: 'An entity id needs its kind', remedy: 'Send the kind too.' });
    if (entityId.length > 200) return { changes: [], nextPageToken: '' };
    const page = await this.store.changes(tenant, { pageSize, ...(kind ? { kind } : {}), ...(entityId ? { id: entityId } : {}), ...(pageToken ? { pageToken } : {}) });
    return { changes: page.items.filter((state) => PUBLISHED_KINDS.includes(state.kind)), nextPageToken: page.nextPageToken };
  }
}

function checkKind(kind: string): void {
  if (!PUBLISHED_KINDS.includes(kind)) throw refuse({ code: 'input/kind', field: 'kind', message: 'This service has no such kind', remedy: `Send one of ${PUBLISHED_KINDS.join(', ')}.` });
}
