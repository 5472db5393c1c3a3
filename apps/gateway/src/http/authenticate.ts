import type { FastifyRequest } from 'fastify';
import type { Route } from '@sfs/rest-contract';
import { actForTenant } from './act-for-tenant.ts';
import { ANONYMOUS, type Caller } from './caller.ts';
import { checkOrigin } from './origin-check.ts';
import { sessionCookieOf } from './session-cookie.ts';

export interface Authenticator {
  readonly origins: readonly string[];
  ofCookie(value: string): Promise<Caller>;
  ofBearer(authorization: string): Promise<Caller>;
  tenantExists(tenant: string, operator: Caller): Promise<boolean>;
}

/** Who sends this request. A bearer token goes before a cookie; signing in looks at neither. Throws `denied`. */
export async function authenticate({ origins, ...of }: Authenticator, request: FastifyRequest, route: Route): Promise<Caller> {
  const { authorization, origin } = request.headers;
  const cookie = authorization === undefined ? sessionCookieOf(request.headers.cookie) : '';
  checkOrigin({ method: request.method, origin, hasCookie: cookie !== '', allowed: origins });
  if (route.who === 'anybody') return ANONYMOUS;
  if (authorization !== undefined) return act(await of.ofBearer(authorization));
  return cookie === '' ? ANONYMOUS : act(await of.ofCookie(cookie));

  function act(caller: Caller): Promise<Caller> {
    return actForTenant(caller, request.headers['sfs-tenant'], (tenant) => of.tenantExists(tenant, caller));
  }
}
