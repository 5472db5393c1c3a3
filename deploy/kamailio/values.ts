import { isIPv4 } from 'node:net';

/** All that differs from site to site. README.md has them as a table. */
export interface KamailioValues {
  /** the one IPv4 address everything listens on */
  readonly address: string;
  /** UDP and TCP */
  readonly sipPort: number;
  /** the credential door, HTTP */
  readonly doorPort: number;
  /** where replicas dial in; unused with mode http */
  readonly evapiPort: number;
  /** SIP domain, which is the digest realm too; a name or the address */
  readonly domain: string;
  /** the switch's name at the HTTP door: `POST /NAME` */
  readonly switchName: string;
  /** bearer token of the credential door */
  readonly doorToken: string;
  /** what a replica says in its greeting */
  readonly adapterToken: string;
  /** any secret; keep it over restarts, else calls in progress cannot be hung up */
  readonly routeSecret: string;
  /** who may call without a password: `ADDRESS[/PREFIX][:PORT]` each, without a port any */
  readonly trunks: readonly string[];
  /** where replicas may dial in from, same form; default the loopback */
  readonly replicaAddresses?: readonly string[];
  /** all replicas by name; url (`http://HOST:PORT`) is needed with mode http, which asks the first two */
  readonly replicas: readonly { readonly name: string; readonly url?: string }[];
  /** go to emergencyTrunk when nobody decides */
  readonly emergencyNumbers: readonly string[];
  /** `HOST:PORT` */
  readonly emergencyTrunk: string;
  /** `ADDRESS:PORT` each; absent or empty: no voicemail, and no lamps */
  readonly voicemail?: readonly string[];
  /** device-management, `ADDRESS:PORT` each: may tell phones to fetch their configuration; absent or empty: nobody may */
  readonly devices?: readonly string[];
  /** longest waits in ms: for a plan (500), for the plan of an emergency number (150), between beats (600) */
  readonly waits?: { readonly planMs?: number; readonly emergencyPlanMs?: number; readonly beatMs?: number };
}

export interface Range {
  readonly address: string;
  readonly prefix: number;
  /** 0: any */
  readonly port: number;
}

/** `127.0.0.30`, `10.0.0.0/8`, `192.0.2.1:5060`; undefined when it is none of these. */
export function parseRange(text: string): Range | undefined {
  const match = /^([0-9.]+)(?:\/(\d{1,2}))?(?::(\d{1,5}))?$/.exec(text);
  if (!match || !isIPv4(match[1] ?? '')) return undefined;
  const range = { address: match[1] ?? '', prefix: Number(match[2] ?? 32), port: Number(match[3] ?? 0) };
  return range.prefix <= 32 && range.port <= 65535 ? range : undefined;
}

const NAME = /^[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?$/;
const REPLICA = /^[A-Za-z0-9_-]{1,16}$/;
// what survives Kamailio's preprocessor and its regular expressions unchanged
const SECRET = /^[A-Za-z0-9._~+/=-]{8,128}$/;

/** Every fault, one sentence each. */
export function faultsOf(values: KamailioValues, mode: 'evapi' | 'http'): string[] {
  const faults: string[] = [];
  const demand = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  demand(isIPv4(values.address), `address: an IPv4 address, not ${values.address}`);
  for (const port of ['sipPort', 'doorPort', 'evapiPort'] as const) {
    demand(Number.isInteger(values[port]) && values[port] > 0 && values[port] < 65536, `${port}: 1 to 65535`);
  }
  demand(NAME.test(values.domain), `domain: a lower-case name or an address, not ${values.domain}`);
  demand(NAME.test(values.switchName), `switchName: lower-case letters, digits, - and ., not ${values.switchName}`);
  for (const secret of ['doorToken', 'adapterToken', 'routeSecret'] as const) {
    demand(SECRET.test(values[secret]), `${secret}: 8 to 128 of A-Z a-z 0-9 . _ ~ + / = -`);
  }
  for (const text of [...values.trunks, ...(values.replicaAddresses ?? [])]) {
    demand(parseRange(text) !== undefined, `${text}: ADDRESS[/PREFIX][:PORT] with an IPv4 address`);
  }
  demand(values.replicas.length > 0, 'replicas: at least one');
  for (const { name } of values.replicas) demand(REPLICA.test(name), `replicas: 1 to 16 letters and digits, not ${name}`);
  if (mode === 'http') {
    for (const { name, url } of values.replicas.slice(0, 2)) {
      demand(/^http:\/\/[A-Za-z0-9.-]+:\d+$/.test(url ?? ''), `replicas: ${name} needs a url like http://127.0.0.1:8800`);
    }
  }
  for (const number of values.emergencyNumbers) demand(/^\d{2,16}$/.test(number), `emergencyNumbers: digits, not ${number}`);
  demand(/^[A-Za-z0-9.-]+:\d{1,5}$/.test(values.emergencyTrunk), `emergencyTrunk: HOST:PORT, not ${values.emergencyTrunk}`);
  for (const text of values.voicemail ?? []) demand(isOneAddress(text), `voicemail: ADDRESS:PORT with an IPv4 address, not ${text}`);
  for (const text of values.devices ?? []) demand(isOneAddress(text), `devices: ADDRESS:PORT with an IPv4 address, not ${text}`);
  return faults;
}

function isOneAddress(text: string): boolean {
  const range = parseRange(text);
  return range !== undefined && range.prefix === 32 && range.port > 0;
}
