import { DomainError, parseName } from '@sfs/kernel';
import type { Caller } from './caller.ts';

/** Its administrators operate the deployment. */
export const OPERATOR_TENANT = 'default';

/**
 * `SFS-Tenant: NAME` lets an administrator of the operator's tenant act in another one; anybody else is refused, because the tenant comes from
 * the account and never from what a request says. `exists` is asked, lest a typing error starts a tenant nobody made.
 */
export async function actForTenant(caller: Caller, header: string | string[] | undefined, exists: (tenant: string) => Promise<boolean>): Promise<Caller> {
  if (header === undefined || caller.kind === 'anonymous' || header === caller.tenant) return caller;
  if (caller.homeTenant !== OPERATOR_TENANT || caller.role !== 'administrator') {
    throw new DomainError('denied', 'tenants/not-yours', 'This account belongs to another tenant', { field: 'SFS-Tenant', remedy: 'Leave the header out.' });
  }
  const tenant = parseName(String(header));
  if (!tenant.ok || !(await exists(tenant.value))) {
    throw new DomainError('not-found', 'tenants/unknown', 'There is no such tenant', { field: 'SFS-Tenant', remedy: 'GET /api/v1/tenants lists them.' });
  }
  return { ...caller, tenant: tenant.value };
}
