import type { SipAddress } from './endpoint.ts';

/** URIs and name-addr values (RFC 3261 25.1), by hand and in one pass each: linear in their length, whatever they contain. */

/** What a header such as From, To or Contact says. */
export interface NameAddress {
  readonly uri: string;
  readonly displayName: string;
  /** parameters of the header, names in lower case */
  readonly params: ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();
const CONTROL = /[\u0000-\u001f\u007f]/;
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253})|\[[0-9A-Fa-f:.]{2,45}\])$/;
const USER = /^[A-Za-z0-9\-_.!~*'()&=+$,;?/%#]+$/;

/** Undefined for anything but a sound `sip:` URI. */
export function parseUri(text: string, displayName = ''): SipAddress | undefined {
  if (text.slice(0, 4).toLowerCase() !== 'sip:') return undefined;
  const at = text.indexOf('@');
  const user = at < 0 ? '' : userOf(text.slice(4, at));
  if (user === undefined) return undefined;
  const [place = '', ...rest] = cutHeaders(text.slice(at < 0 ? 4 : at + 1)).split(';');
  const hostPort = parseHostPort(place);
  if (!hostPort) return undefined;
  return { user, ...hostPort, displayName, params: paramsOf(rest) };
}

/** From and To may name anybody in any scheme; of a `tel:` the number is the user. */
export function addressOf(uri: string, displayName = ''): SipAddress {
  const number = /^tel:([^;]+)/i.exec(uri)?.[1] ?? '';
  return parseUri(uri, displayName) ?? { user: number, host: '', port: undefined, displayName, params: NONE };
}

function cutHeaders(text: string): string {
  const question = text.indexOf('?');
  return question < 0 ? text : text.slice(0, question);
}

/** Without a password, unescaped; what would unescape to a control character stays as it is. */
function userOf(text: string): string | undefined {
  const colon = text.indexOf(':');
  const user = colon < 0 ? text : text.slice(0, colon);
  return USER.test(user) ? unescape(user) : undefined;
}

function unescape(text: string): string {
  if (!text.includes('%')) return text;
  try {
    const plain = decodeURIComponent(text);
    return CONTROL.test(plain) ? text : plain;
  } catch {
    return text;
  }
}

/** `HOST` or `HOST:PORT`, IPv6 in brackets, which are kept. */
export function parseHostPort(text: string): { host: string; port: number | undefined } | undefined {
  const close = text.startsWith('[') ? text.indexOf(']') : 0;
  const colon = text.indexOf(':', Math.max(close, 0));
  const host = colon < 0 ? text : text.slice(0, colon);
  if (!HOST.test(host)) return undefined;
  if (colon < 0) return { host, port: undefined };
  const digits = text.slice(colon + 1);
  const port = Number(digits);
  return /^\d{1,5}$/.test(digits) && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

function paramsOf(pairs: readonly string[]): ReadonlyMap<string, string> {
  if (pairs.length === 0) return NONE;
  return new Map(pairs.map((pair) => {
    const equals = pair.indexOf('=');
    const name = (equals < 0 ? pair : pair.slice(0, equals)).trim().toLowerCase();
    return [name, equals < 0 ? '' : unescape(unquote(pair.slice(equals + 1).trim()))] as const;
  }));
}

/** `"Name" <uri>;params`, `Name <uri>;params` or `uri;params`; undefined when quotes or brackets do not match. */
export function parseNameAddress(value: string): NameAddress | undefined {
  const text = value.trim();
  const quoted = text.startsWith('"') ? closingQuote(text) : 0;
  if (quoted < 0) return undefined;
  const open = text.indexOf('<', quoted);
  if (open < 0) {
    if (quoted > 0) return undefined;
    const [uri = '', ...rest] = text.split(';');
    return /[\s,]/.test(uri.trim()) ? undefined : { uri: uri.trim(), displayName: '', params: paramsOf(rest) };
  }
  const close = text.indexOf('>', open);
  const after = close < 0 ? '' : text.slice(close + 1).trim();
  if (close < 0 || (after !== '' && !after.startsWith(';'))) return undefined;
  const name = text.slice(0, open).trim();
  const uri = text.slice(open + 1, close);
  if (/[\s"<]/.test(uri) || (quoted > 0 && name.length > quoted + 1)) return undefined;
  return { uri, displayName: unquote(name), params: paramsOf(splitOutsideQuotes(after.slice(1), ';')) };
}

function closingQuote(text: string): number {
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return -1;
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

/** Elements of a header that carries a list; commas in quotes and in brackets do not part them. */
export function splitList(value: string): string[] {
  return value.includes(',') ? splitOutsideQuotes(value, ',').map((each) => each.trim()).filter((each) => each !== '') : [value];
}

function splitOutsideQuotes(value: string, separator: ',' | ';'): string[] {
  if (value === '') return [];
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let bracketed = false;
  for (let at = 0; at < value.length; at += 1) {
    const each = value[at];
    if (quoted && each === '\\') at += 1;
    else if (each === '"') quoted = !quoted;
    else if (!quoted && each === '<') bracketed = true;
    else if (!quoted && each === '>') bracketed = false;
    else if (each === separator && !quoted && !bracketed) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(value.slice(start));
  return parts;
}
