import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OWNER_VARIABLE } from './leftovers.ts';
import { StackError } from './stack-error.ts';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * One process of the stack, in a process group of its own (Ctrl-C in the terminal reaches only us, so that we end parts in order).
 * The kernel ends it when we die (setpriv --pdeathsig); what outlives even that is found by OWNER_VARIABLE at the next start.
 */
export class Child {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly logPath: string;
  readonly #process: ChildProcess;

  constructor(command: Command, logPath: string, owner: string) {
    const log = openLog(logPath);
    this.logPath = logPath;
    this.#process = spawn('setpriv', ['--pdeathsig', 'TERM', '--', command.file, ...command.args], {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...inherited(), ...command.env, [OWNER_VARIABLE]: owner },
      ...(command.cwd ? { cwd: command.cwd } : {}),
    });
    closeSync(log);
    this.exited = new Promise((resolve, reject) => {
      this.#process.once('error', (error) => reject(new StackError(`cannot start ${command.file}: ${error.message}`)));
      this.#process.once('exit', (code, signal) => resolve({ code, signal }));
    });
    this.exited.catch(() => undefined);
    this.pid = this.#process.pid ?? 0;
  }

  get running(): boolean {
    return this.pid > 0 && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** To the process alone; `group` also reaches the processes it forked. */
  signal(name: NodeJS.Signals, to: 'process' | 'group' = 'process'): void {
    if (this.pid === 0) return;
    try {
      process.kill(to === 'group' ? -this.pid : this.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** SIGTERM, then SIGKILL after the limit; in the end nothing of its group is left. */
  async stop(limitMs: number): Promise<void> {
    if (this.pid === 0) return;
    if (this.running) {
      this.signal('SIGTERM');
      // one that a test has stopped could not act on SIGTERM
      this.signal('SIGCONT', 'group');
      const given = new AbortController();
      await Promise.race([this.exited, delay(limitMs, undefined, { signal: given.signal, ref: false }).catch(() => undefined)]);
      given.abort();
    }
    this.signal('SIGKILL', 'group');
    await this.exited;
    await this.#groupGone();
  }

  /** What it forked dies a moment later; a dead one that nobody collects is no reason to wait for ever. */
  async #groupGone(): Promise<void> {
    for (let tries = 0; tries < 100 && this.#groupExists(); tries += 1) await delay(10);
  }

  #groupExists(): boolean {
    try {
      process.kill(-this.pid, 0);
      return true;
    } catch {
      return false;
    }
  }
}

/** The variables a program needs from its surroundings, and nothing that would configure a service by accident. */
function inherited(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'USER', 'JAVA_HOME'];
  const set = Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  // Debian keeps Kamailio in /usr/sbin, which is not on every user's PATH
  return { ...set, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path)) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

export function lastLines(path: string, count: number): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count);
}
