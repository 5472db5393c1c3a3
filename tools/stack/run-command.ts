import { spawn, type ChildProcess } from 'node:child_process';
import { Cancelled } from './stack-error.ts';

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

const running = new Set<ChildProcess>();
let stopped = false;

/** A command that ends by itself (mvn, java -version, nx). Both its streams as one text; code is null when the command does not exist or was ended. */
export function runCommand(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  if (stopped) return Promise.reject(new Cancelled());
  return new Promise((resolve, reject) => {
    // a group of its own: what it forks (nx: one vite a project) is ended with it
    const child = spawn(file, [...args], { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const chunks: Buffer[] = [];
    const end = (code: number | null): void => {
      running.delete(child);
      if (stopped) reject(new Cancelled());
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') });
    };
    running.add(child);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', () => end(null));
    child.once('close', (code) => end(code));
  });
}

/** For the way out: ends what runs and lets nothing new begin. */
export function endCommands(): void {
  stopped = true;
  for (const { pid } of running) {
    if (pid === undefined) continue;
    try {
      process.kill(-pid, 'SIGTERM');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
