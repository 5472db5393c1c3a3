import { asBody, type Bodies, type Kind } from './bodies.ts';
import type { Caller } from '@sfs/change-log';
import { dnId } from './dn-id.ts';
import { FakeEntityStore } from './fake-entity-store.ts';

/** For specs: a store with tenant `default`, site and switch `site-a`, and short ways to put things there. */
export const caller: Caller = { tenant: 'default', requestId: 'r-1', actor: 'ann' };
export const ANN = '00000000-0000-4000-8000-000000000001';
export const BEA = '00000000-0000-4000-8000-000000000002';

export interface Scenario {
  readonly store: FakeEntityStore;
  put<K extends Kind>(kind: K, id: string, body: Bodies[K], tenant?: string): Promise<string>;
  putUser(id: string, displayName: string): Promise<string>;
  putNumber(number: string, userId?: string): Promise<string>;
}

export async function scenario(): Promise<Scenario> {
  const store = new FakeEntityStore();
  const put: Scenario['put'] = async (kind, id, body, tenant = 'default') => {
    const [state] = await store.commit({ ...caller, tenant, rows: [{ kind, id, expect: 'any', body: asBody(kind, body) }] });
    return state?.tag ?? '';
  };
  await put('tenant', 'default', { id: 'default', displayName: 'Default' });
  await put('site', 'site-a', { id: 'site-a', displayName: 'A' });
  await store.claimName('switch', 'site-a', 'default');
  await put('switch', 'site-a', { id: 'site-a', displayName: 'A', siteId: 'site-a', sipDomain: 'a.example' });
  return {
    store,
    put,
    putUser: (id, displayName) => put('user', id, { id, displayName, email: '', siteId: 'site-a', callingProfileId: '' }),
    putNumber: (number, userId = '') => put('dn', dnId({ switchId: 'site-a', number }), { switchId: 'site-a', number, userId, hasSipPassword: false }),
  };
}

/** The refusal of a promise, for matching. */
export async function refusalOf(work: Promise<unknown>): Promise<{ kind: string; code: string; field: unknown }> {
  try {
    await work;
  } catch (error) {
    const { kind, code, details } = error as { kind: string; code: string; details?: Record<string, unknown> };
    return { kind, code, field: details?.['field'] };
  }
  return { kind: 'none', code: 'not refused', field: undefined };
}
