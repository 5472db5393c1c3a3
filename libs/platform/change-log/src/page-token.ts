import { DomainError } from '@sfs/kernel';

const LIMIT_PAGE = 1_000;

/** Opaque to callers; holds the place after which to go on. */
export function encodeToken(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** '' or absent = from the beginning (undefined). Refuses what this list did not give out. */
export function decodeToken(token: string | undefined, shape: readonly ('string' | 'number')[]): readonly (string | number)[] | undefined {
  if (token === undefined || token === '') return undefined;
  const place = parse(token);
  if (!Array.isArray(place) || place.length !== shape.length || place.some((part, index) => typeof part !== shape[index])) throw badToken();
  return place as (string | number)[];
}

export function requirePageSize(pageSize: number): void {
  if (Number.isInteger(pageSize) && pageSize >= 1 && pageSize <= LIMIT_PAGE) return;
  throw new DomainError('invalid', 'page/size', `A page has 1 to ${LIMIT_PAGE} entries.`, { field: 'pageSize', remedy: 'Ask for a smaller page.' });
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    throw badToken();
  }
}

function badToken(): DomainError {
  return new DomainError('invalid', 'page/token', 'This page token is not one of this list.', { field: 'pageToken', remedy: 'Begin with the first page.' });
}
