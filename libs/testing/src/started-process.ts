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

/** A program of a test, ended by its own id and never by name. */
export function startProcess(command: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv; cwd?: string } = {}): StartedProcess {
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
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
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    signal: (name) => void child.kill(name),
    end: async () => {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await eventually(`the end of ${command}`, () => gone || undefined, 5000).catch(() => child.kill('SIGKILL'));
      await exited;
    },
  };
}
