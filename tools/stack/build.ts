import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { paths } from './paths.ts';
import { runCommand } from './run-command.ts';
import { StackError } from './stack-error.ts';

/** Builds the services and the UI; nx does only what its cache does not have. */
export async function buildAll(logPath: string): Promise<string> {
  const env = { NX_DAEMON: 'false', NX_TUI: 'false', NX_WORKSPACE_ROOT_PATH: paths.root, FORCE_COLOR: '0' };
  const { code, output } = await runCommand(`${paths.root}/node_modules/.bin/nx`, ['run-many', '-t', 'build', '--parallel=2', '--outputStyle=stream'], env);
  mkdirSync(dirname(logPath), { recursive: true });
  writeFileSync(logPath, output);
  if (code === 0) return /from cache|existing outputs match/.test(output) ? 'nothing new, or part of it' : '';
  throw new StackError([`the build failed; read ${logPath}`, ...faultsIn(output).map((line) => `  | ${line}`)].join('\n'));
}

function faultsIn(output: string): string[] {
  const lines = stripVTControlCharacters(output).split('\n');
  const faults = lines.filter((line) => /\[[A-Z_]+\]|error TS|Error:|cannot /i.test(line) && !/ {2}at /.test(line));
  return faults.slice(0, 8).map((line) => line.slice(0, 300));
}
