import { spawn, type ChildProcess } from 'node:child_process';
import { eventually } from './waits.ts';

export interface StartedProcess {
  readonly pid: number;
  /** what it has written to both outputs so far, at most the last MB */
  output(): string;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** kill, stop or continue it */
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, then SIGKILL when it is still there; resolves when it is gone */
  end(): Promise<void>;
}

export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/**
 * A program of a test, ended by its own id and never by name. It leads a process group, and signals other than SIGTERM go to
 * the whole group: the workers of a program whose parent is killed would live on and keep its ports.
 */
export function startProcess(command: string, args: readonly string[], options: StartOptions = {}): StartedProcess {
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-1_000_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  let gone = false;
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('error', (error) => {
      gone = true;
      output += String(error);
      resolve({ code: null, signal: null });
    });
    child.once('close', (code, signal) => {
      gone = true;
      resolve({ code, signal });
    });
  });
  const signalGroup = (name: NodeJS.Signals): void => {
    if (gone || child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // gone in between
    }
  };
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    signal: (name) => (name === 'SIGTERM' ? void child.kill(name) : signalGroup(name)),
    end: async () => {
      signalGroup('SIGCONT');
      child.kill('SIGTERM');
      await eventually(`the end of ${command}`, () => gone || undefined, 5000).catch(() => signalGroup('SIGKILL'));
      await exited;
    },
  };
}
