import type { ListPlanChangesResponse } from '@sfs/contracts';
import { pageSizeOf } from '../page-size.ts';
import { metaOf } from './plan-bodies.ts';
import type { PlanStore } from './plan.store.ts';

/** Who changed what in the plans of a tenant. */
export class PlanHistory {
  private readonly store: Pick<PlanStore, 'changes'>;

  constructor(store: Pick<PlanStore, 'changes'>) {
    this.store = store;
  }

  async list(tenant: string, page: { pageSize: number; pageToken: string }): Promise<ListPlanChangesResponse> {
    const { items, nextPageToken } = await this.store.changes(tenant, { pageSize: pageSizeOf(page.pageSize), ...(page.pageToken === '' ? {} : { pageToken: page.pageToken }) });
    return {
      changes: items.map((state) => ({
        kind: state.kind,
        entityId: state.id,
        meta: metaOf(state),
        deleted: state.deleted,
        body: JSON.stringify(state.body),
        previousBody: state.previousBody ? JSON.stringify(state.previousBody) : '',
      })),
      nextPageToken,
    };
  }
}
