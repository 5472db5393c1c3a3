import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { faultsOf, parseRange, type KamailioValues } from './values.ts';

export type { KamailioValues } from './values.ts';

export interface KamailioRendering {
  /** site.cfg, address.txt, location.db, credentials.db, kamailio.pid, ctl.sock lie here; the two databases are to be kept */
  readonly runDir: string;
  readonly values: KamailioValues;
  /** evapi: replicas dial in; http: we POST to them */
  readonly mode: 'evapi' | 'http';
  readonly sharedMemoryMb?: number;
}

/** Writes what one proxy needs and says how to start it. Throws an Error that names every fault of the values. */
export function renderKamailio(rendering: KamailioRendering): { command: string; args: string[] } {
  const { runDir, values, mode } = rendering;
  const faults = faultsOf(values, mode);
  if (/[!$"\\;=\n]/.test(runDir)) faults.push(`runDir: no ! $ " \\ ; = in its path: ${runDir}`);
  if (faults.length > 0) throw new Error(`Kamailio cannot be set up:\n${faults.join('\n')}`);
  mkdirSync(runDir, { recursive: true, mode: 0o700 });
  writePrivate(join(runDir, 'address.txt'), addressFile(values));
  writePrivate(join(runDir, 'site.cfg'), siteFile(rendering));
  createDatabase(join(runDir, 'location.db'), 'location.sql');
  createDatabase(join(runDir, 'credentials.db'), 'credentials.sql');
  const memory = String(rendering.sharedMemoryMb ?? 256);
  return {
    command: 'kamailio',
    args: ['-x', 'tlsf', '-f', join(runDir, 'site.cfg'), '-DD', '-E', '-Y', runDir, '-P', join(runDir, 'kamailio.pid'), '-m', memory, '-M', '16'],
  };
}

function siteFile({ runDir, values, mode }: KamailioRendering): string {
  const names = values.replicas.map(({ name }) => name);
  const [first, second] = values.replicas;
  const { planMs, emergencyPlanMs, beatMs } = { planMs: 500, emergencyPlanMs: 150, beatMs: 600, ...values.waits };
  const voicemail = values.voicemail ?? [];
  const devices = values.devices ?? [];
  const text = (name: string, value: string | number): string => `#!substdef "!${name}!${value}!g"`;
  const define = (name: string, value: string | number = ''): string => `#!define ${name} ${value}`.trimEnd();
  const lines = [
    '#!KAMAILIO',
    '# Rendered: what differs per site; all else is in the file included last.',
    ...(voicemail.length > 0 ? [define('WITH_VOICEMAIL')] : []),
    ...(devices.length > 0 ? [define('WITH_DEVICES')] : []),
    ...(voicemail.length + devices.length > 0 ? [define('WITH_NOTIFIERS')] : []),
    ...(mode === 'http' ? [define('WITH_HTTP'), ...(second ? [define('WITH_HTTP_SECOND')] : [])] : []),
    // the path of a Unix socket has room for 107 bytes
    ...(Buffer.byteLength(join(runDir, 'ctl.sock')) < 100 ? [define('WITH_CONTROL_SOCKET')] : []),
    text('SITE_ADDRESS', values.address),
    text('SITE_SIP_PORT', values.sipPort),
    text('SITE_DOOR_PORT', values.doorPort),
    text('SITE_EVAPI_PORT', values.evapiPort),
    text('SITE_DOMAIN', values.domain),
    text('SITE_SWITCH', values.switchName),
    text('SITE_DOOR_TOKEN', values.doorToken),
    text('SITE_ADAPTER_TOKEN', values.adapterToken),
    text('SITE_ROUTE_SECRET', values.routeSecret),
    text('SITE_EMERGENCY_TRUNK', values.emergencyTrunk),
    text('SITE_VOICEMAIL_FIRST', voicemail[0] ?? ''),
    text('SITE_NOTIFIERS', [...voicemail, ...devices].join(',')),
    text('SITE_RUN_DIR', runDir),
    text('SITE_REPLICA_NAMES', names.join(',')),
    text('SITE_HTTP_FIRST', first?.url ?? ''),
    text('SITE_HTTP_SECOND', second?.url ?? ''),
    define('SITE_EMERGENCY', `"^(${values.emergencyNumbers.join('|') || 'none'})$"`),
    define('SITE_REPLICA_PATTERN', `"^(${names.join('|')})$"`),
    define('SITE_PLAN_MS', planMs),
    define('SITE_EMERGENCY_PLAN_MS', emergencyPlanMs),
    define('SITE_BEAT_MS', beatMs),
    `listen=udp:${values.address}:${values.sipPort}`,
    `listen=tcp:${values.address}:${values.sipPort}`,
    `listen=tcp:${values.address}:${values.doorPort}`,
    ...(isIPv4(values.domain) ? [] : [`alias="${values.domain}"`]),
    `include_file "${fileURLToPath(new URL('kamailio.cfg', import.meta.url))}"`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Groups of `permissions`: 1 trunks, 2 voicemail, 3 device-management, 4 replicas. */
function addressFile(values: KamailioValues): string {
  const lines = (group: number, ranges: readonly string[]): string[] =>
    ranges.flatMap((text) => {
      const range = parseRange(text);
      return range ? [`${group} ${range.address} ${range.prefix} ${range.port}`] : [];
    });
  const groups = [...lines(1, values.trunks), ...lines(2, values.voicemail ?? []), ...lines(3, values.devices ?? []), ...lines(4, values.replicaAddresses ?? ['127.0.0.0/8'])];
  return `${groups.join('\n')}\n`;
}

function writePrivate(path: string, content: string): void {
  writeFileSync(path, content, { mode: 0o600 });
  chmodSync(path, 0o600);
}

function createDatabase(path: string, schema: string): void {
  if (existsSync(path)) return;
  const database = new DatabaseSync(path);
  try {
    database.exec(`BEGIN;\n${readFileSync(new URL(`schema/${schema}`, import.meta.url), 'utf8')}\nCOMMIT;`);
  } finally {
    database.close();
  }
  chmodSync(path, 0o600);
}
