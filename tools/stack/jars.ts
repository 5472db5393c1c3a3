import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { paths } from './paths.ts';
import { runCommand } from './run-command.ts';
import { StackError } from './stack-error.ts';

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

export type JarSet = 'cassandra' | 'kafka';

export function jarFolder(set: JarSet): string {
  return `${paths.jars}/${set}`;
}

/** Fetches the jars once; a changed pom.xml fetches them anew. Answers whether anything had to be fetched. */
export async function ensureJars(set: JarSet): Promise<boolean> {
  const pom = `${paths.deploy}/local/${set}/pom.xml`;
  const stamp = createHash('sha256').update(readFileSync(pom)).digest('hex');
  if (stampOf(set) === stamp) return false;
  mkdirSync(paths.jars, { recursive: true });
  // A folder of our own, then one rename: two runs at once or a killed one never leave half a set behind.
  const staging = `${paths.jars}/.${set}-${process.pid}`;
  rmSync(staging, { recursive: true, force: true });
  await copyDependencies(pom, staging);
  writeFileSync(`${staging}/STAMP`, stamp);
  if (stampOf(set) !== stamp) {
    rmSync(jarFolder(set), { recursive: true, force: true });
    renameSync(staging, jarFolder(set));
  } else {
    rmSync(staging, { recursive: true, force: true });
  }
  return true;
}

function stampOf(set: JarSet): string | undefined {
  const file = `${jarFolder(set)}/STAMP`;
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function copyDependencies(pom: string, target: string): Promise<void> {
  const { code, output } = await runCommand('mvn', ['-q', '-B', '-f', pom, COPY, `-DoutputDirectory=${target}`]);
  if (code === 0) return;
  rmSync(target, { recursive: true, force: true });
  if (code === null) throw new StackError('Maven (mvn) is not installed or was ended; type: apt-get install maven');
  throw new StackError(`mvn could not fetch the jars of ${pom}: ${firstError(output)}`);
}

function firstError(output: string): string {
  return output.split('\n').find((line) => line.includes('ERROR'))?.trim() ?? output.slice(0, 300);
}
