// CPU of the voicemail service per 9 s deposit, many at once, each stored at LOCAL_QUORUM; floor in the same run: the same packets received bare and the same bytes written.
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startStack, type TestStack } from '../stack/e2e-stack.ts';
import { BenchProcess } from './bench-process.ts';
import type { DepositOrder, DepositReport } from './deposit.load.ts';
import { median, printTable, round, writeResult } from './report.ts';

const ROUNDS = 5;
const FRAMES = 450;
/** greeting, tone, message, end */
const ROUND_MS = 12_000;
const CALLS = Number(process.env['BENCH_CALLS'] ?? 100);
/** Asterisk 18 with a lean set of modules, 100 at once, measured on this kind of machine (no fsync): CPU us per 9 s deposit */
const ASTERISK_US = 13_450;
const GOAL = 1.5;
/** as many as people are called at once; each gets a message a round */
const MAILBOXES = Array.from({ length: CALLS }, (_, index) => String(7_000_001 + index));
const WARM_UP = 2;
const BACKGROUND_MS = 10_000;

const here = (name: string): URL => new URL(`./deposit.${name}.ts`, import.meta.url);
const HZ = 100;

/** utime + stime of all threads of a process, in microseconds (proc(5), fields 14 and 15). */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / HZ;
}

async function prepare(stack: TestStack): Promise<void> {
  await stack.restart('voicemail', { SFS_VOICEMAIL_SIP_TRUSTED: '127.0.0.1', SFS_VOICEMAIL_MAX_CALLS: '1000' });
  await stack.untilReady('voicemail');
  const admin = await stack.administrator();
  for (const number of MAILBOXES) await admin.post('/mailboxes', { number });
}

const uriOf = (stack: TestStack, mailbox: string): string => `sip:deposit@127.0.0.1:${stack.ports.voicemailSip};sfs-tenant=default;sfs-mailbox=${mailbox};sfs-reason=no-answer`;

/** Messages that are durable, as the service counts them. */
async function keptBy(stack: TestStack): Promise<number> {
  const response = await fetch(`${stack.urls.management.voicemail}/metrics`);
  return Number(/^sfs_voicemail_deposits_total\{result="kept"\} (\d+)/m.exec(await response.text())?.[1] ?? 0);
}

/** Until the last message is kept; its lamp is told a tenth of a second later. */
async function untilKept(stack: TestStack, count: number): Promise<number> {
  for (const until = performance.now() + 10_000; performance.now() < until; ) {
    await delay(1000); // a look at the metrics costs CPU, too
    if ((await keptBy(stack)) >= count) break;
  }
  return keptBy(stack);
}

interface Round {
  readonly ours: number;
  readonly floor: number;
  readonly stored: number;
  readonly spacing: readonly number[];
}

async function measure(stack: TestStack, parts: { load: BenchProcess; packets: BenchProcess; floor: BenchProcess; floorPid: number }): Promise<Round> {
  const order: DepositOrder = { uris: MAILBOXES.map((mailbox) => uriOf(stack, mailbox)), host: '127.0.0.1', port: stack.ports.voicemailSip, calls: CALLS, frames: FRAMES };
  const pid = stack.pidOf('voicemail');
  const keptBefore = await keptBy(stack);
  const before = cpuOf(pid);
  const report = (await parts.load.ask(order)) as DepositReport;
  const stored = (await untilKept(stack, keptBefore + CALLS)) - keptBefore;
  const ours = (cpuOf(pid) - before) / CALLS;
  const floorBefore = cpuOf(parts.floorPid);
  const { ports } = (await parts.floor.ask({ begin: CALLS })) as { ports: readonly number[] };
  await parts.packets.ask({ ports, frames: FRAMES });
  await parts.floor.ask({});
  return { ours, floor: (cpuOf(parts.floorPid) - floorBefore) / CALLS, stored, spacing: report.spacing };
}

/** What the service takes in the time of a round when nobody calls (polls of Kafka and Cassandra): for each of its deposits. */
async function background(stack: TestStack): Promise<number> {
  const before = cpuOf(stack.pidOf('voicemail'));
  await delay(BACKGROUND_MS);
  return (((cpuOf(stack.pidOf('voicemail')) - before) / CALLS) * ROUND_MS) / BACKGROUND_MS;
}

const at = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

const stack = await startStack();
try {
  await prepare(stack);
  const { process: load } = await BenchProcess.start(here('load'), '1');
  const { process: packets } = await BenchProcess.start(here('packets'), '1');
  const { process: floor, hello } = await BenchProcess.start(here('floor'), '0', [stack.cassandra.contactPoint, 'sfs_voicemail']);
  const parts = { load, packets, floor, floorPid: (hello as { pid: number }).pid };
  for (let index = 0; index < WARM_UP; index += 1) await measure(stack, parts);
  const idle = await background(stack);
  const rounds: Round[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    rounds.push(await measure(stack, parts));
    console.log(`round ${index + 1} of ${ROUNDS}: ${rounds.at(-1)?.stored} of ${CALLS} stored`);
  }
  for (const each of [load, packets, floor]) each.stop();
  const ours = median(rounds.map((one) => one.ours));
  const bare = median(rounds.map((one) => one.floor));
  const spacing = rounds.flatMap((one) => one.spacing);
  printTable(
    ['CPU us per 9 s deposit', 'floor', 'voicemail', 'ratio', 'stored'],
    [...rounds.map((one, index) => [`round ${index + 1}`, round(one.floor, 0), round(one.ours, 0), round(one.ours / one.floor), one.stored]), ['median', round(bare, 0), round(ours, 0), round(ours / bare), '']],
  );
  const sessions = round(10_000_000 / ours, 0);
  const p999 = round(at(spacing, 0.999), 1);
  const file = writeResult('deposit', {
    work: `${CALLS} deposits of 9 s at once, G.711 over RTP, chunks and row at LOCAL_QUORUM`,
    unit: 'us CPU of the service per deposit',
    ours: round(ours, 0),
    reference: round(bare, 0),
    referenceName: 'the same packets received bare, the same bytes written to the same Cassandra',
    ratio: round(ours / bare),
    rounds: rounds.map(({ ours: one, floor: other, stored }) => ({ ours: round(one, 0), floor: round(other, 0), stored })),
    more: { sessionsPerCore: sessions, asteriskUs: ASTERISK_US, timesAsterisk: round(ASTERISK_US / ours), backgroundUs: round(idle, 0), goal: GOAL, spacingMs: { p50: round(at(spacing, 0.5), 1), p99: round(at(spacing, 0.99), 1), p999 } },
  });
  console.log(`${sessions} sessions a core, ${round(ASTERISK_US / ours)} times Asterisk (aim ${GOAL}); ${round(idle, 0)} us of each are taken without calls, too; packets that play p99.9 ${p999} ms apart as they arrive. ${file}`);
} finally {
  await stack.close();
}
process.exit(0);
