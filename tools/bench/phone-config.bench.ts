// CPU of a phone's own file: credential checked, device unchanged, as 200 and as 304, with and without kept connections. Reference in the same run: nginx with a static file of the same size; floor: a bare node:http with a constant.
import { setTimeout as pause } from 'node:timers/promises';
import { BenchProcess } from './bench-process.ts';
import type { LoadOrder } from './phone-config.load.ts';
import { hasNginx, startNginx } from './phone-config.nginx.ts';
import { median, printTable, round, writeResult } from './report.ts';

const ROUNDS = 5;
const WARM_UPS = 2;
const CONNECTIONS = 16;
const COUNT = { kept: 10_000, single: 4_000 };
const PAUSE_MS = 100;
const GOAL = 2;

interface Phone {
  readonly mac: string;
  readonly etag: string;
  readonly bytes: number;
  readonly authorization: string;
}
const CASES = [
  { name: '200, kept', status: 200, keepAlive: true },
  { name: '304, kept', status: 304, keepAlive: true },
  { name: '200, a connection each', status: 200, keepAlive: false },
  { name: '304, a connection each', status: 304, keepAlive: false },
] as const;
type Case = (typeof CASES)[number];
const SERVERS = ['ours', 'floor', 'nginx'] as const;
type Server = (typeof SERVERS)[number];
/** us CPU per request by case */
type Round = Record<Server, number[]>;

if (!hasNginx()) {
  console.error('nginx is missing: install it (Debian: apt-get install nginx-light), then run this again');
  process.exit(2);
}

const { process: ours, hello } = await BenchProcess.start(new URL('./phone-config.ours.ts', import.meta.url), '0');
const { port, phones } = hello as { port: number; phones: readonly Phone[] };
const bytes = Math.round(phones.reduce((sum, phone) => sum + phone.bytes, 0) / phones.length);
const nginx = await startNginx(bytes, '0');
const { process: floor, hello: floorHello } = await BenchProcess.start(new URL('./phone-config.floor.ts', import.meta.url), '0', [String(bytes)]);
const bare = floorHello as { port: number; etag: string };
const { process: load } = await BenchProcess.start(new URL('./phone-config.load.ts', import.meta.url), '1');

const request = (path: string, { keepAlive, status }: Case, headers: string, etag: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Yealink SIP-T46U 108.86.0.90 80:5e:c0:d5:7d:72\r\nAccept: */*\r\n${headers}${status === 304 ? `If-None-Match: ${etag}\r\n` : ''}${keepAlive ? '' : 'Connection: close\r\n'}\r\n`;

function orderOf(server: Server, one: Case): LoadOrder {
  const plain = { nginx, floor: bare, ours: undefined }[server];
  const requests =
    plain
      ? [request('/own.cfg', one, '', plain.etag)]
      : phones.map(({ mac, etag, authorization }) => request(`/fs/dm/prov/enrolled/${mac}.cfg`, one, `Authorization: ${authorization}\r\n`, etag));
  return { port: plain?.port ?? port, requests, count: one.keepAlive ? COUNT.kept : COUNT.single, connections: CONNECTIONS, keepAlive: one.keepAlive, status: one.status };
}

async function cpuOf(server: Server): Promise<number> {
  return server === 'nginx' ? nginx.cpu() : ((await (server === 'ours' ? ours : floor).ask('usage')) as { cpu: number }).cpu;
}

async function measure(backwards: boolean): Promise<Round> {
  const figures: Round = { ours: [], floor: [], nginx: [] };
  for (const one of CASES) {
    for (const server of backwards ? [...SERVERS].reverse() : SERVERS) {
      const order = orderOf(server, one);
      await pause(PAUSE_MS);
      const before = await cpuOf(server);
      await load.ask(order);
      figures[server].push(((await cpuOf(server)) - before) / order.count);
    }
  }
  return figures;
}

for (let i = 0; i < WARM_UPS; i++) await measure(false);
const rounds: Round[] = [];
for (let i = 0; i < ROUNDS; i++) {
  rounds.push(await measure(i % 2 === 1));
  console.log(`round ${i + 1} of ${ROUNDS}`);
}
for (const process of [ours, floor, load]) process.stop();
nginx.stop();

const spread = (values: readonly number[]): string => `${round(Math.min(...values), 1)}-${round(Math.max(...values), 1)}`;
const results = CASES.map(({ name }, index) => {
  const of = (server: Server): number[] => rounds.map((one) => one[server][index] ?? 0);
  const [our, their] = [median(of('ours')), median(of('nginx'))];
  return { name, ours: round(our, 1), oursSpread: spread(of('ours')), floor: round(median(of('floor')), 1), nginx: round(their, 1), nginxSpread: spread(of('nginx')), ratio: round(our / their) };
});
printTable(
  ['CPU us per request', 'ours', 'spread', 'bare node:http', 'nginx', 'spread', 'ours/nginx'],
  results.map((one) => [one.name, one.ours, one.oursSpread, one.floor, one.nginx, one.nginxSpread, one.ratio]),
);
const [first] = results;
const isMet = results.every(({ ratio }) => ratio <= GOAL);
console.log(`${phones.length} phones, files of ${bytes} bytes, ${CONNECTIONS} connections. Goal: at most ${GOAL} times nginx: ${isMet ? 'met' : 'not met'}.`);
const file = writeResult('phone-config', {
  work: `serve a phone's own file of ${bytes} B: credential checked, device unchanged, 200 on kept connections`,
  unit: 'us CPU of the server process per request',
  ours: first?.ours ?? 0,
  reference: first?.nginx ?? 0,
  referenceName: 'nginx serving a static file of the same size, without a log and without authentication',
  ratio: first?.ratio ?? 0,
  rounds,
  more: { goal: GOAL, cases: results },
});
console.log(`written to ${file}`);
process.exit(0);
