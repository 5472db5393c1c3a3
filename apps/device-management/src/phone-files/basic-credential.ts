export interface GivenCredential {
  readonly userName: string;
  readonly password: string;
}

/** Ours have 12 + 24 characters. */
const MAX_HEADER = 512;
const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/** Value of Authorization, scheme Basic (RFC 7617). undefined = another scheme, or not well-formed: counts as a wrong credential. */
export function readBasic(header: string): GivenCredential | undefined {
  const encoded = header.length > MAX_HEADER ? undefined : BASIC.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0 || /[\x00-\x1f\x7f]/.test(text)) return undefined;
  return { userName: text.slice(0, colon), password: text.slice(colon + 1) };
}
