import { z } from 'zod';
import { displayName, meta, name } from './shared-shapes.ts';

export const tenant = z.object({ meta, id: name, displayName });
export const createTenant = z.object({ id: name, displayName });
export const site = z.object({ meta, id: name, displayName });
export const createSite = z.object({ id: name, displayName });
export const switchShape = z.object({ meta, id: name, displayName, siteId: name, sipDomain: z.string() });
export const createSwitch = z.object({
  id: name,
  displayName,
  siteId: name,
  sipDomain: z.string().regex(/^[A-Za-z0-9.-]{1,253}$/, 'a host name or IPv4 address'),
});
export type Tenant = z.infer<typeof tenant>;
export type Site = z.infer<typeof site>;
export type Switch = z.infer<typeof switchShape>;
