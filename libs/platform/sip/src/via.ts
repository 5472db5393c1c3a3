import { parseHostPort } from './address.ts';

/** The top Via: whom to answer, and which transaction a message belongs to. */
export interface Via {
  readonly protocol: string;
  readonly host: string;
  readonly port: number | undefined;
  /** as written, `host[:port]` */
  readonly sentBy: string;
  readonly branch: string;
  readonly received: string | undefined;
  /** '' = asked for (RFC 3581) */
  readonly rport: string | undefined;
}

export function parseVia(value: string): Via | undefined {
  const [head = '', ...params] = value.split(';');
  const shape = /^SIP\s{0,9}\/\s{0,9}2\.0\s{0,9}\/\s{0,9}([A-Za-z0-9-]+)\s+(\S+)(?:\s{0,9}:\s{0,9}(\d{1,5}))?\s*$/i.exec(head);
  const hostPort = shape && parseHostPort(`${shape[2] ?? ''}${shape[3] === undefined ? '' : `:${shape[3]}`}`);
  if (!shape || !hostPort) return undefined;
  const found: Record<string, string> = {};
  for (const each of params) {
    const equals = each.indexOf('=');
    found[(equals < 0 ? each : each.slice(0, equals)).trim().toLowerCase()] = equals < 0 ? '' : each.slice(equals + 1).trim();
  }
  return {
    protocol: (shape[1] ?? '').toUpperCase(),
    ...hostPort,
    sentBy: `${hostPort.host.toLowerCase()}:${hostPort.port ?? 5060}`,
    branch: found['branch'] ?? '',
    received: found['received'],
    rport: found['rport'],
  };
}

/** RFC 3261 18.2.1 and RFC 3581 4: where it really came from. A `received` or `rport` that somebody has put there before us is a lie. */
export function stampVia(value: string, via: Via, source: { readonly host: string; readonly port: number }): string {
  const asked = via.rport !== undefined;
  if (via.host === source.host && !asked && via.received === undefined) return value;
  const params = value.split(';').filter((each, index) => index === 0 || !/^\s*(?:received|rport)\s*(?:=|$)/i.test(each));
  return [...params, `received=${source.host}`, ...(asked ? [`rport=${source.port}`] : [])].join(';');
}
