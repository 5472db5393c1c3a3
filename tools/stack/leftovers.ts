import { readdirSync, readFileSync } from 'node:fs';
import { waitFor } from './wait-for.ts';

/** In the environment of every process of a stack; its value is the stack's data folder. */
export const OWNER_VARIABLE = 'SFS_STACK_OWNER';

export function isOwnedBy(environ: string, owner: string): boolean {
  return environ.split('\0').includes(`${OWNER_VARIABLE}=${owner}`);
}

/** Running processes that a stack with this data folder started; what belongs to others cannot even be read. */
export function findLeftovers(owner: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isOwnedBy(readProc(`${pid}/environ`), owner) && !isZombie(pid));
}

/** Ends them by id: SIGTERM, then SIGKILL after the limit. Answers how many there were. */
export async function endLeftovers(owner: string, limitMs = 5_000): Promise<number> {
  const found = findLeftovers(owner);
  if (found.length === 0) return 0;
  found.forEach((pid) => send(pid, 'SIGTERM'));
  found.forEach((pid) => send(pid, 'SIGCONT'));
  const gone = (): boolean => findLeftovers(owner).length === 0;
  await waitFor(gone, { what: 'processes of an earlier start have ended', limitMs }).catch(async () => {
    findLeftovers(owner).forEach((pid) => send(pid, 'SIGKILL'));
    await waitFor(gone, { what: 'processes of an earlier start have been killed', limitMs: 5_000 });
  });
  return found.length;
}

function isZombie(pid: number): boolean {
  return /\) Z /.test(readProc(`${pid}/stat`));
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return '';
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
