import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from './sip/sip-socket.ts';
import { startProcess, type StartedProcess } from './started-process.ts';

/** Files of libs/testing/sipp, named after what they do. */
export type SippScenario = 'places-calls-and-hangs-up' | 'phone-places-calls-and-hangs-up' | 'answers-every-call';

export interface SippCallers {
  readonly scenario: Exclude<SippScenario, 'answers-every-call'>;
  readonly local: Endpoint;
  readonly proxy: Endpoint;
  /** udp unless told; tcp: one connection for all calls */
  readonly transport?: 'udp' | 'tcp';
  /** the number that is dialled */
  readonly number: string;
  readonly callsPerSecond: number;
  readonly calls: number;
  /** no new call while so many are up; without: no limit */
  readonly atOnce?: number;
  /** for phone-places-calls-and-hangs-up: who calls, in turn */
  readonly phones?: readonly { readonly user: string; readonly domain: string; readonly password: string }[];
  /** all is killed after this */
  readonly limitMs: number;
}

export interface SippResult {
  readonly succeeded: number;
  readonly failed: number;
  /** INVITE to 200 of every call that was answered, in the order of the answers; SIPp's clock steps by about 4 ms */
  readonly setUpMs: readonly number[];
  /** what SIPp wrote about failures */
  readonly errors: string;
}

/** SIPp does not always end by itself, so `timeout` does it. */
function start(folder: string, scenario: SippScenario, limitMs: number, args: readonly string[]): StartedProcess {
  copyFileSync(fileURLToPath(new URL(`../sipp/${scenario}.xml`, import.meta.url)), join(folder, `${scenario}.xml`));
  const sipp = ['sipp', '-sf', `${scenario}.xml`, '-nostdin', ...args];
  return startProcess('timeout', ['-s', 'KILL', String(Math.ceil(limitMs / 1000)), ...sipp], { cwd: folder });
}

/** Places calls and resolves when all have ended; throws when SIPp could not do its work. */
export async function runSipp(callers: SippCallers): Promise<SippResult> {
  const folder = mkdtempSync(join(tmpdir(), 'sfs-sipp-'));
  try {
    const { local, proxy, number, callsPerSecond, calls, phones, transport } = callers;
    const inject = phones ? ['-inf', 'phones.csv'] : [];
    if (phones) {
      const lines = phones.map((each) => `${each.user};${each.domain};[authentication username=${each.user} password=${each.password}]`);
      writeFileSync(join(folder, 'phones.csv'), ['SEQUENTIAL', ...lines, ''].join('\n'), { mode: 0o600 });
    }
    const sipp = start(folder, callers.scenario, callers.limitMs, [
      ...(transport === 'tcp' ? ['-t', 't1'] : []),
      ...[`${proxy.host}:${proxy.port}`, '-i', local.host, '-p', String(local.port), '-s', number],
      ...['-r', String(callsPerSecond), '-m', String(calls), '-l', String(callers.atOnce ?? Math.max(1000, calls))],
      ...['-trace_stat', '-fd', '1', '-trace_rtt', '-rtt_freq', '1', '-trace_err', '-recv_timeout', '10000', ...inject],
    ]);
    const { code, signal } = await sipp.exited;
    const statistics = lastStatistics(folder);
    // 1: at least one call failed, which is a result
    if (!statistics || (code !== 0 && code !== 1)) throw new Error(`sipp ended with ${code ?? signal}: ${sipp.output().slice(-2000)}`);
    return { ...statistics, setUpMs: responseTimes(folder), errors: contentOf(folder, '_errors.log').slice(0, 5000) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Answers calls until it is ended. */
export function answerWithSipp(local: Endpoint, limitMs: number): { end(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'sfs-sipp-'));
  const sipp = start(folder, 'answers-every-call', limitMs, ['-i', local.host, '-p', String(local.port)]);
  return {
    end: async () => {
      sipp.signal('SIGKILL');
      await sipp.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function contentOf(folder: string, ending: string): string {
  const name = readdirSync(folder).find((each) => each.endsWith(ending));
  return name === undefined ? '' : readFileSync(join(folder, name), 'utf8');
}

/** SIPp names the statistics SCENARIO_PID_.csv: a head line, then one a second; (C) columns are cumulative. */
function lastStatistics(folder: string): { succeeded: number; failed: number } | undefined {
  const [head, ...lines] = contentOf(folder, '_.csv').trim().split('\n');
  const names = head?.split(';') ?? [];
  const last = lines.at(-1)?.split(';');
  if (!last) return undefined;
  const value = (name: string): number => Number(last[names.indexOf(name)]);
  return { succeeded: value('SuccessfulCall(C)'), failed: value('FailedCall(C)') };
}

function responseTimes(folder: string): number[] {
  const [, ...lines] = contentOf(folder, '_rtt.csv').trim().split('\n');
  return lines.map((line) => Number(line.split(';')[1])).filter((each) => !Number.isNaN(each));
}

/** Of a list of figures; 0 when it is empty. */
export function percentile(figures: readonly number[], percent: number): number {
  const sorted = [...figures].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
