import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** 256 random bits; only its hash is stored. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function isSameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left, 'hex'), Buffer.from(right, 'hex')];
  return a.length === b.length && a.length > 0 && timingSafeEqual(a, b);
}

/** Without what looks alike when read out or copied from paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 79 bits in four groups, for people to type once. */
export function newOneTimePassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

const TENANT = '[a-z][a-z0-9-]{0,62}';
const SECRET = '[A-Za-z0-9_-]{43}';
const COOKIE = new RegExp(`^(${TENANT})\\.(${SECRET})$`);
const BEARER = new RegExp(`^[Bb]earer sfs_(${TENANT})\\.([0-9a-f-]{36})\\.(${SECRET})$`);

/** The tenant stands in the secret, so that the row is found in the tenant's own partition. */
export function cookieValue(tenant: string, secret: string): string {
  return `${tenant}.${secret}`;
}

export function parseCookie(value: string): { tenant: string; idHash: string } | undefined {
  const match = COOKIE.exec(value);
  return match ? { tenant: match[1] ?? '', idHash: hashOf(match[2] ?? '') } : undefined;
}

export function tokenSecret(tenant: string, id: string, secret: string): string {
  return `sfs_${tenant}.${id}.${secret}`;
}

export function parseBearer(header: string): { tenant: string; id: string; secretHash: string } | undefined {
  const match = BEARER.exec(header);
  return match ? { tenant: match[1] ?? '', id: match[2] ?? '', secretHash: hashOf(match[3] ?? '') } : undefined;
}
