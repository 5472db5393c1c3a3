import { isIPv4, isIPv6 } from 'node:net';

/**
 * Who asks. `proxies` of our own stand in front, each appends the address it saw to X-Forwarded-For; what stands further left is the client's word and
 * worth nothing. Without a proxy (0) the header is not looked at.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, proxies: number): string {
  const direct = plain(peer);
  if (proxies === 0 || forwardedFor === undefined) return direct;
  const seen = forwardedFor.split(',').slice(-proxies).map((text) => plain(text.trim()));
  const client = seen[0] ?? '';
  return isIPv4(client) || isIPv6(client) ? client : direct;
}

/** An IPv4 address carried in IPv6, or with its port, is that IPv4 address. */
function plain(text: string): string {
  const bare = text.startsWith('[') ? text.slice(1, Math.max(1, text.indexOf(']'))) : text.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  const lower = bare.toLowerCase();
  return lower.startsWith('::ffff:') && isIPv4(lower.slice(7)) ? lower.slice(7) : lower;
}

/** What is counted as one asker: whoever has an IPv6 address has 2^64 of them (RFC 6177). */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? left : [...left, ...new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`;
}
