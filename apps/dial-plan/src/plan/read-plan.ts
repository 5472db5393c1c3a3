import { listOf } from './plan-kinds.ts';
import type { PlanEntity, PlanStore } from './plan.store.ts';

/** A plan as it is stored now. */
export interface StoredPlan {
  readonly partitions: readonly PlanEntity[];
  readonly profiles: readonly PlanEntity[];
  readonly settings: PlanEntity | undefined;
}

const PAGE = 200;

export async function readPlan(store: PlanStore, tenant: string, switchId: string): Promise<StoredPlan> {
  const [partitions, profiles, settings] = await Promise.all([
    readAll(store, tenant, listOf('partition', switchId)),
    readAll(store, tenant, listOf('calling-profile', switchId)),
    store.read(tenant, 'switch-settings', switchId),
  ]);
  return { partitions, profiles, settings: settings?.deleted ? undefined : settings };
}

async function readAll(store: PlanStore, tenant: string, list: string): Promise<PlanEntity[]> {
  const all: PlanEntity[] = [];
  let pageToken = '';
  do {
    const page = await store.list(tenant, list, { pageSize: PAGE, ...(pageToken === '' ? {} : { pageToken }) });
    all.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return all;
}
