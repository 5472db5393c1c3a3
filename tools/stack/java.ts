import { runCommand } from './run-command.ts';
import { StackError } from './stack-error.ts';

/** "openjdk version \"17.0.15\"" → 17; "1.8.0" → 8 */
export function javaMajor(versionText: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(versionText);
  return match ? Number(match[1]) : undefined;
}

/** The command of a Java 17: JAVA_HOME if it is one, else the one on the PATH, else Debian's folder. */
export async function findJava17(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const seen: string[] = [];
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const candidates = [...(env['JAVA_HOME'] ? [`${env['JAVA_HOME']}/bin/java`] : []), 'java', `/usr/lib/jvm/java-17-openjdk-${arch}/bin/java`];
  for (const candidate of candidates) {
    const found = await majorOf(candidate);
    if (found === 17) return candidate;
    if (found !== undefined) seen.push(`${candidate} is ${found}`);
  }
  const others = seen.length > 0 ? ` (${seen.join(', ')})` : '';
  throw new StackError(`Java 17 is not installed${others}; type: apt-get install openjdk-17-jre-headless`);
}

async function majorOf(command: string): Promise<number | undefined> {
  return javaMajor((await runCommand(command, ['-version'])).output);
}
