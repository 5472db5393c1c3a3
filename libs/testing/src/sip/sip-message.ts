/** Just enough of RFC 3261 for a scripted phone: what a test wants to see stays as it came. */
export type HeaderLine = readonly [name: string, value: string];

interface MessageParts {
  readonly headers: readonly HeaderLine[];
  readonly body: string;
}
export interface SipRequest extends MessageParts {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
}
export interface SipResponse extends MessageParts {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}
export type SipMessage = SipRequest | SipResponse;

const COMPACT: Record<string, string> = { v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', l: 'content-length', c: 'content-type', k: 'supported' };

function canonical(name: string): string {
  const lower = name.trim().toLowerCase();
  return COMPACT[lower] ?? lower;
}

export function parseMessage(text: string): SipMessage | undefined {
  const split = text.indexOf('\r\n\r\n');
  if (split < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, split).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = lines.map((line): HeaderLine => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const parts = { headers, body: text.slice(split + 4) };
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(first);
  if (response) return { kind: 'response', status: Number(response[1]), reason: response[2] ?? '', ...parts };
  const request = /^(\S+) (\S+) SIP\/2\.0$/.exec(first);
  return request ? { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '', ...parts } : undefined;
}

export function formatMessage(message: SipMessage): string {
  const first = message.kind === 'request' ? `${message.method} ${message.uri} SIP/2.0` : `SIP/2.0 ${message.status} ${message.reason}`;
  const lines = message.headers.filter(([name]) => canonical(name) !== 'content-length').map(([name, value]) => `${name}: ${value}`);
  return [first, ...lines, `Content-Length: ${Buffer.byteLength(message.body)}`, '', message.body].join('\r\n');
}

/** All values of a header, in order; headers that carry lists are not taken apart. */
export function headersOf(message: SipMessage, name: string): string[] {
  return message.headers.filter(([each]) => canonical(each) === canonical(name)).map(([, value]) => value);
}

export function headerOf(message: SipMessage, name: string): string | undefined {
  return headersOf(message, name)[0];
}

export function branchOf(message: SipMessage): string {
  return /;branch=([^;,\s]+)/i.exec(headerOf(message, 'via') ?? '')?.[1] ?? '';
}

export function tagOf(message: SipMessage, side: 'from' | 'to'): string | undefined {
  return /;tag=([^;,\s]+)/i.exec(headerOf(message, side) ?? '')?.[1];
}

export function methodOf(message: SipMessage): string {
  return (headerOf(message, 'cseq') ?? '').split(' ')[1] ?? '';
}

export function uriOf(value: string): string {
  return /<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0] ?? '';
}

/** The values of headers such as Record-Route, whose elements are all `<uri>`. */
export function routesOf(message: SipMessage): string[] {
  return headersOf(message, 'record-route').flatMap((value) => value.match(/<[^>]+>[^,]*/g) ?? []).map((each) => each.trim());
}
