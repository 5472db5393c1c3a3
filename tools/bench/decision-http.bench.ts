import { load } from './http-load.ts';
import { MeasuredProcess, pin } from './measured-process.ts';
import { USERS } from './decision-http.site.ts';
import { median, printTable, round, writeResult } from './report.ts';

const ROUNDS = 7;
const COUNT = 20_000;
const CONNECTIONS = 16;
const GOAL = 1.15;

/** Questions of about 187 bytes, a different pair each: as a switch asks. */
const requests = Array.from({ length: 2_000 }, (_, i) => {
  const number = (place: number): string => String(1_000 + ((i * place) % USERS));
  const question = { callId: `${(i * 7919).toString(16).padStart(12, '0')}-a84b4c76e66710@pbx.site-a.example.com`, from: number(3), to: number(7), origin: 'internal', diversions: [], target: { ready: true, busy: false } };
  const body = JSON.stringify(question);
  return Buffer.from(`POST /site-a HTTP/1.1\r\nHost: 127.0.0.1:8800\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
});

async function answerBytes(port: number): Promise<number> {
  const body = requests[1]?.toString().split('\r\n\r\n')[1] ?? '';
  const response = await fetch(`http://127.0.0.1:${port}/site-a`, { method: 'POST', body });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return Buffer.byteLength(text);
}

async function microsecondsPerCall(server: MeasuredProcess, count: number): Promise<number> {
  const before = await server.cpuMicroseconds();
  await load(server.port, requests, { count, connections: CONNECTIONS });
  return ((await server.cpuMicroseconds()) - before) / count;
}

const here = (name: string): URL => new URL(`./decision-http.${name}.ts`, import.meta.url);
pin(process.pid, '1');
const ours = await MeasuredProcess.start(here('ours'));
const recording = await MeasuredProcess.start(here('ours'), ['record']);
const bytes = await answerBytes(ours.port);
const peer = await MeasuredProcess.start(here('peer'), [String(bytes)]);
const servers = [peer, ours, recording];
for (const server of servers) await microsecondsPerCall(server, COUNT);

const rounds: { reference: number; ours: number; recording: number }[] = [];
for (let i = 0; i < ROUNDS; i++) {
  const [reference = 0, own = 0, recorded = 0] = await inTurn(i % 2 === 1);
  rounds.push({ reference: round(reference), ours: round(own), recording: round(recorded) });
}
for (const server of servers) server.stop();

/** Each round the other way round, so that a drift of the machine favours nobody. */
async function inTurn(backwards: boolean): Promise<number[]> {
  const results: number[] = [];
  for (const index of backwards ? [2, 1, 0] : [0, 1, 2]) {
    const server = servers[index];
    if (server) results[index] = await microsecondsPerCall(server, COUNT);
  }
  return results;
}

const middle = { reference: median(rounds.map((one) => one.reference)), ours: median(rounds.map((one) => one.ours)), recording: median(rounds.map((one) => one.recording)) };
const best = { reference: Math.min(...rounds.map((one) => one.reference)), ours: Math.min(...rounds.map((one) => one.ours)), recording: Math.min(...rounds.map((one) => one.recording)) };
const ratio = round(middle.ours / middle.reference, 3);
printTable(
  ['CPU us per call', 'bare node:http', 'decision', 'ratio', 'with record and trace'],
  [
    ...rounds.map((one, index) => [`round ${index + 1}`, one.reference, one.ours, round(one.ours / one.reference), one.recording]),
    ['median', middle.reference, middle.ours, ratio, middle.recording],
    ['best', best.reference, best.ours, round(best.ours / best.reference), best.recording],
  ],
);
console.log(`${COUNT} calls a round over ${CONNECTIONS} kept connections, answers of ${bytes} bytes. Goal: at most ${GOAL} times the floor: ${ratio <= GOAL ? 'met' : 'not met'}.`);
const file = writeResult('decision-http', {
  work: `decide one call over HTTP (POST of about ${(requests[1]?.toString().split('\r\n\r\n')[1] ?? '').length} B, answer of ${bytes} B), metrics on, trace off`,
  unit: 'us CPU of the server process per call',
  ours: middle.ours,
  reference: middle.reference,
  referenceName: 'bare node:http that parses the same POST and answers a constant of the same size',
  ratio,
  rounds,
  more: { goal: GOAL, best, bestRatio: round(best.ours / best.reference, 3), withRecordAndTrace: middle.recording },
});
console.log(`written to ${file}`);
