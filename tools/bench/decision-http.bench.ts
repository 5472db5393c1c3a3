import { setTimeout as pause } from 'node:timers/promises';
import { BenchProcess } from './bench-process.ts';
import { bodies } from './decision-http.requests.ts';
import { median, printTable, round, writeResult } from './report.ts';

const ROUNDS = 7;
const COUNT = 20_000;
const CONNECTIONS = 16;
/** between two bursts, for everything else on this machine */
const PAUSE_MS = 200;
/** the just-in-time compiler is done after some ten thousand calls */
const WARM_UPS = 4;
const GOAL = 1.15;

interface Server {
  readonly name: 'reference' | 'ours' | 'recording';
  readonly process: BenchProcess;
  readonly port: number;
}
type Figures = Record<Server['name'], number>;

const here = (name: string): URL => new URL(`./decision-http.${name}.ts`, import.meta.url);

async function start(name: Server['name'], file: string, args: readonly string[] = []): Promise<Server> {
  const { process, hello } = await BenchProcess.start(here(file), '0', args);
  return { name, process, port: (hello as { port: number }).port };
}

async function answerBytes({ port }: Server): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/site-a`, { method: 'POST', body: bodies[1] ?? '' });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return Buffer.byteLength(text);
}

const ours = await start('ours', 'ours');
const bytes = await answerBytes(ours);
const servers = [await start('reference', 'peer', [String(bytes)]), ours, await start('recording', 'ours', ['record'])];
const { process: load } = await BenchProcess.start(here('load'), '1');

async function microsecondsPerCall({ process, port }: Server): Promise<number> {
  await pause(PAUSE_MS);
  const { cpu: before } = (await process.ask('usage')) as { cpu: number };
  await load.ask({ port, count: COUNT, connections: CONNECTIONS });
  const { cpu: after } = (await process.ask('usage')) as { cpu: number };
  return (after - before) / COUNT;
}

/** Every other round the other way round, so that a drift of the machine favours nobody. */
async function measure(backwards: boolean): Promise<Figures> {
  const figures: Figures = { reference: 0, ours: 0, recording: 0 };
  for (const server of backwards ? [...servers].reverse() : servers) figures[server.name] = round(await microsecondsPerCall(server));
  return figures;
}

function over(rounds: readonly Figures[], pick: (values: readonly number[]) => number): Figures {
  const of = (name: Server['name']): number => round(pick(rounds.map((one) => one[name])));
  return { reference: of('reference'), ours: of('ours'), recording: of('recording') };
}

for (let i = 0; i < WARM_UPS; i++) await measure(false);
const rounds: Figures[] = [];
for (let i = 0; i < ROUNDS; i++) rounds.push(await measure(i % 2 === 1));
for (const { process } of [...servers, { process: load }]) process.stop();

const middle = over(rounds, median);
const best = over(rounds, (values) => Math.min(...values));
const ratio = round(middle.ours / middle.reference, 3);
const row = (name: string, one: Figures): (string | number)[] => [name, one.reference, one.ours, round(one.ours / one.reference, 3), one.recording];
printTable(
  ['CPU us per call', 'bare node:http', 'decision', 'ratio', 'with record and trace'],
  [...rounds.map((one, index) => row(`round ${index + 1}`, one)), row('median', middle), row('best', best)],
);
console.log(`${COUNT} calls a round over ${CONNECTIONS} kept connections, answers of ${bytes} bytes. Goal: at most ${GOAL} times the floor: ${ratio <= GOAL ? 'met' : 'not met'}.`);
const file = writeResult('decision-http', {
  work: `decide one call over HTTP (POST of ${bodies[1]?.length ?? 0} B, answer of ${bytes} B), metrics on, trace off`,
  unit: 'us CPU of the server process per call',
  ours: middle.ours,
  reference: middle.reference,
  referenceName: 'bare node:http that parses the same POST and answers a constant of the same size',
  ratio,
  rounds,
  more: { goal: GOAL, best, bestRatio: round(best.ours / best.reference, 3), withRecordAndTrace: middle.recording },
});
console.log(`written to ${file}`);
