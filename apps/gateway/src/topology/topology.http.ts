import type { Site as SiteMessage, Switch as SwitchMessage, Tenant as TenantMessage } from '@sfs/contracts';
import { call } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { Site, Switch, Tenant } from '@sfs/rest-contract';
import { metaOf, present } from '../clients/meta.mapper.ts';
import type { Neighbours } from '../clients/clients.ts';
import { OPERATOR_TENANT } from '../http/act-for-tenant.ts';
import type { Handlers } from '../http/handlers.ts';

export type TopologyHandlers = Pick<Handlers, 'listTenants' | 'createTenant' | 'listSites' | 'createSite' | 'listSwitches' | 'createSwitch'>;

export function topologyHandlers({ topology, read, write }: Neighbours): TopologyHandlers {
  return {
    listTenants: async ({ caller, context }) => {
      const { tenants } = await call(topology, 'listTenants', {}, context, read);
      const visible = caller.homeTenant === OPERATOR_TENANT ? tenants : tenants.filter(({ id }) => id === caller.tenant);
      return { items: visible.map(tenantOf) };
    },
    createTenant: async ({ caller, context, body }) => {
      if (caller.homeTenant !== OPERATOR_TENANT) throw new DomainError('denied', 'tenants/operator-only', `Only administrators of tenant ${OPERATOR_TENANT} create tenants`, { remedy: 'Ask the operator.' });
      return tenantOf(present((await call(topology, 'createTenant', body, context, write)).tenant));
    },
    listSites: async ({ context }) => ({ items: (await call(topology, 'listSites', {}, context, read)).sites.map(siteOf) }),
    createSite: async ({ context, body, idempotencyKey }) => siteOf(present((await call(topology, 'createSite', { ...body, idempotencyKey }, context, write)).site)),
    listSwitches: async ({ context }) => ({ items: (await call(topology, 'listSwitches', {}, context, read)).switches.map(switchOf) }),
    createSwitch: async ({ context, body, idempotencyKey }) => switchOf(present((await call(topology, 'createSwitch', { ...body, idempotencyKey }, context, write)).switch)),
  };
}

function tenantOf({ meta, id, displayName }: TenantMessage): Tenant {
  return { meta: metaOf(meta), id, displayName };
}

function siteOf({ meta, id, displayName }: SiteMessage): Site {
  return { meta: metaOf(meta), id, displayName };
}

function switchOf({ meta, id, displayName, siteId, sipDomain }: SwitchMessage): Switch {
  return { meta: metaOf(meta), id, displayName, siteId, sipDomain };
}
