import { queryOptions } from '@tanstack/react-query';
import { type Body, newKey, request } from '../../api/request.ts';

const STEADY = 60_000;

export const tenantsQuery = queryOptions({ queryKey: ['tenants'], queryFn: ({ signal }) => request('listTenants', { signal }), select: (page) => page.items, staleTime: STEADY });
export const sitesQuery = queryOptions({ queryKey: ['sites'], queryFn: ({ signal }) => request('listSites', { signal }), select: (page) => page.items, staleTime: STEADY });
export const switchesQuery = queryOptions({ queryKey: ['switches'], queryFn: ({ signal }) => request('listSwitches', { signal }), select: (page) => page.items, staleTime: STEADY });

export const createTenant = (body: Body<'createTenant'>) => request('createTenant', { body, key: newKey() });
export const createSite = (body: Body<'createSite'>) => request('createSite', { body, key: newKey() });
export const createSwitch = (body: Body<'createSwitch'>) => request('createSwitch', { body, key: newKey() });
