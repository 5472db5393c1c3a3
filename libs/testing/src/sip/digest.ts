import { createHash, randomBytes } from 'node:crypto';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** What a registrar stores instead of the password. */
export function ha1(user: string, realm: string, password: string): string {
  return md5(`${user}:${realm}:${password}`);
}

export interface DigestInput {
  readonly challenge: string;
  readonly method: string;
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

/** Value of Authorization or Proxy-Authorization for a challenge (RFC 2617, MD5, with or without qop=auth). */
export function digestAnswer({ challenge, method, uri, user, password }: DigestInput): string {
  const field = (name: string): string => new RegExp(`${name}="?([^",]+)`, 'i').exec(challenge)?.[1] ?? '';
  const realm = field('realm');
  const nonce = field('nonce');
  const secret = ha1(user, realm, password);
  const target = md5(`${method}:${uri}`);
  const start = `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=MD5`;
  if (!/qop/i.test(challenge)) return `${start}, response="${md5(`${secret}:${nonce}:${target}`)}"`;
  const cnonce = randomBytes(8).toString('hex');
  return `${start}, qop=auth, nc=00000001, cnonce="${cnonce}", response="${md5(`${secret}:${nonce}:00000001:${cnonce}:auth:${target}`)}"`;
}
