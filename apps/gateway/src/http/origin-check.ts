import { DomainError } from '@sfs/kernel';

export interface OriginFacts {
  readonly method: string;
  readonly origin: string | undefined;
  readonly hasCookie: boolean;
  readonly allowed: readonly string[];
}

/**
 * design.md 3: a browser sends Origin with every request that changes something. With a cookie it must be there and be ours;
 * without one (a first sign-in, an API client) it may be missing, but a foreign page is refused all the same.
 */
export function checkOrigin({ method, origin, hasCookie, allowed }: OriginFacts): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  if (origin === undefined && !hasCookie) return;
  if (origin !== undefined && allowed.includes(origin)) return;
  throw new DomainError('denied', 'request/cross-origin', origin === undefined ? 'The request does not say where it comes from' : 'The request comes from a page that is not ours', {
    field: 'Origin',
    remedy: 'Send an Origin of SFS_GATEWAY_ORIGINS, or use a bearer token instead of the cookie.',
  });
}
