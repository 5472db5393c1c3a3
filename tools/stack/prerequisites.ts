import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { findJava17 } from './java.ts';
import { StackError } from './stack-error.ts';

const run = promisify(execFile);

/** What a need looks like on this machine, and the distribution's package that fills it. */
export interface Need {
  readonly what: string;
  readonly aptPackage: string;
  isThere(): Promise<boolean>;
}

export const stackNeeds: readonly Need[] = [
  { what: 'Java 17', aptPackage: 'openjdk-17-jre-headless', isThere: () => succeeds(findJava17()) },
  { what: 'Maven', aptPackage: 'maven', isThere: () => isOnPath('mvn') },
  { what: 'Kamailio', aptPackage: 'kamailio', isThere: () => isOnPath('kamailio') },
  kamailioModule('evapi.so', 'kamailio-extra-modules'),
  kamailioModule('jansson.so', 'kamailio-json-modules'),
  kamailioModule('http_client.so', 'kamailio-utils-modules'),
  kamailioModule('db_sqlite.so', 'kamailio-sqlite-modules'),
];

/** Only who places calls or opens pages needs these: the demo and the tests. */
export const testNeeds: readonly Need[] = [
  { what: 'SIPp', aptPackage: 'sip-tester', isThere: () => isOnPath('sipp') },
  { what: 'baresip', aptPackage: 'baresip-core', isThere: () => isOnPath('baresip') },
  { what: 'Chromium', aptPackage: 'chromium', isThere: () => isOnPath('chromium') },
  // pages are measured and looked at: without a font Chromium draws boxes of other widths
  { what: 'a font for Chromium', aptPackage: 'fonts-dejavu-core', isThere: async () => existsSync('/usr/share/fonts/truetype/dejavu') },
];

export async function findMissing(needs: readonly Need[]): Promise<Need[]> {
  const there = await Promise.all(needs.map((need) => need.isThere()));
  return needs.filter((_, index) => !there[index]);
}

/** Installs what is missing when it may, else names it with the command to type. Answers what it installed. */
export async function ensureInstalled(needs: readonly Need[], say: (text: string) => void): Promise<string[]> {
  const missing = await findMissing(needs);
  if (missing.length === 0) return [];
  const packages = missing.map(({ aptPackage }) => aptPackage);
  if (!mayInstall()) throw new StackError(sentenceFor(missing));
  say(`installing ${packages.join(', ')} with apt-get`);
  await aptInstall(packages);
  const still = await findMissing(missing);
  if (still.length > 0) throw new StackError(sentenceFor(still));
  return packages;
}

export function sentenceFor(missing: readonly Pick<Need, 'what' | 'aptPackage'>[]): string {
  const what = missing.map((need) => need.what).join(', ');
  const packages = missing.map((need) => need.aptPackage).join(' ');
  return `missing on this machine: ${what}; type: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`;
}

async function aptInstall(packages: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, maxBuffer: 64 << 20 };
  try {
    await run('apt-get', ['-q', 'update'], options);
    await run('apt-get', ['-q', 'install', '-y', '--no-install-recommends', ...packages], options);
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const reason = (stderr ?? '').split('\n').find((line) => line.startsWith('E:')) ?? message.split('\n')[0];
    throw new StackError(`apt-get could not install ${packages.join(', ')}: ${reason}`, { cause: error });
  }
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && /^ID(_LIKE)?=.*debian/m.test(readOsRelease());
}

function readOsRelease(): string {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
}

function kamailioModule(file: string, aptPackage: string): Need {
  const folders = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((arch) => `/usr/lib/${arch}/kamailio/modules/${file}`);
  return { what: `Kamailio's ${file.replace('.so', '')}`, aptPackage, isThere: async () => folders.some((path) => existsSync(path)) };
}

/** Debian keeps Kamailio in /usr/sbin, which is not on every user's PATH. */
async function isOnPath(command: string): Promise<boolean> {
  return [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'].some((folder) => existsSync(`${folder}/${command}`));
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

if (import.meta.main) {
  const needs = process.argv.includes('--tests') ? [...stackNeeds, ...testNeeds] : stackNeeds;
  try {
    const installed = await ensureInstalled(needs, (text) => console.log(text));
    console.log(installed.length > 0 ? `installed ${installed.join(', ')}` : 'all there');
  } catch (error) {
    console.error(error instanceof StackError ? error.message : error);
    process.exitCode = 1;
  }
}
