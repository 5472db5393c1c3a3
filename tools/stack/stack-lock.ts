import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { StackError } from './stack-error.ts';

/** One stack per data folder. A lock whose process is gone (or whose id now names another process) is void. */
export function takeLock(dataDir: string): () => void {
  const file = `${dataDir}/stack.lock`;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const mine = `${process.pid} ${startOf(process.pid)}`;
  try {
    writeFileSync(file, mine, { flag: 'wx' });
  } catch {
    const [pid = '', start] = readFileSync(file, 'utf8').split(' ');
    if (startOf(Number(pid)) === start) throw new StackError(`SFS already runs from ${dataDir} (process ${pid}); end it with Ctrl-C there, or kill ${pid}`);
    writeFileSync(file, mine);
  }
  return () => {
    if (existsSync(file) && readFileSync(file, 'utf8') === mine) rmSync(file);
  };
}

/** The process's start in clock ticks since boot: with the id it names one process for ever. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
