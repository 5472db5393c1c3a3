import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { endLeftovers } from './leftovers.ts';
import { paths } from './paths.ts';

/** A folder of this test run under dist/test-run; folders of runs whose process is gone are cleared, and what they left running is ended. */
export async function testFolder(kind: string): Promise<string> {
  await clearOldRuns();
  const folder = `${paths.testRun}/${kind}-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Ends what test processes that are gone have left running. */
export async function endLeftoversOfTests(): Promise<void> {
  await clearOldRuns({ keepLogs: true });
}

async function clearOldRuns({ keepLogs } = { keepLogs: false }): Promise<void> {
  if (!existsSync(paths.testRun)) return;
  for (const name of readdirSync(paths.testRun)) {
    const pid = /-(\d+)$/.exec(name)?.[1];
    if (!pid || existsSync(`/proc/${pid}`)) continue;
    await endLeftovers(`${paths.testRun}/${name}`);
    if (keepLogs) dropData(`${paths.testRun}/${name}`);
    else rmSync(`${paths.testRun}/${name}`, { recursive: true, force: true });
  }
}

/** Keeps the logs (they explain a failure until the next run), drops the data. */
export function dropData(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name !== 'logs') rmSync(`${folder}/${name}`, { recursive: true, force: true });
  }
}
