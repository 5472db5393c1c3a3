import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endLeftovers, findLeftovers, isOwnedBy } from './leftovers.ts';
import type { Part } from './part.ts';
import { Supervisor } from './supervisor.ts';
import { waitFor } from './wait-for.ts';

const STAY = 'setInterval(() => {}, 1000);';
const STUBBORN = `process.on('SIGTERM', () => {}); console.log('deaf'); ${STAY}`;

let folder = '';
let deaths: string[] = [];
let supervisor: Supervisor;
const log = (name: string): string => readFileSync(`${folder}/logs/${name}.log`, 'utf8');

beforeEach(() => {
  folder = mkdtempSync(`${tmpdir()}/sfs-supervisor-`);
  deaths = [];
  supervisor = new Supervisor({ owner: folder, logDir: `${folder}/logs`, onDeath: (_, message) => deaths.push(message) });
});
afterEach(async () => {
  await supervisor.stopAll();
  rmSync(folder, { recursive: true, force: true });
});

function part(name: string, program: string, isReady: () => boolean = () => true): Part {
  return {
    name,
    prepare: async () => ({ file: process.execPath, args: ['-e', program] }),
    isReady: async () => isReady(),
    readyLimitMs: 5_000,
    stopLimitMs: 300,
  };
}

describe('a part', () => {
  it('is started, waited for, and ended', async () => {
    await supervisor.start(part('one', `console.log('up'); ${STAY}`, () => log('one').includes('up')));
    expect(supervisor.isRunning('one')).toBe(true);
    await supervisor.stopAll();
    expect(findLeftovers(folder)).toEqual([]);
    expect(deaths).toEqual([]);
  });

  it('that dies before it serves fails at once, with its log and what it said last', async () => {
    const starting = supervisor.start(part('one', "console.error('no key given'); process.exit(3)", () => false));
    await expect(starting).rejects.toThrow(new RegExp(`one ended with code 3; read ${folder}/logs/one.log\n.*no key given`));
  });

  it('that dies later is reported once, with its log', async () => {
    await supervisor.start(part('one', `console.log('up'); ${STAY}`, () => log('one').includes('up')));
    process.kill(supervisor.pidOf('one'), 'SIGKILL');
    await waitFor(() => deaths.length > 0, { what: 'the death is reported', limitMs: 3_000, intervalMs: 10 });
    expect(deaths).toEqual([expect.stringContaining(`one was ended by SIGKILL; read ${folder}/logs/one.log`)]);
  });

  it('that was killed on purpose is not reported, and can be started again', async () => {
    await supervisor.start(part('one', STAY));
    await supervisor.signal('one', 'SIGKILL');
    await supervisor.start(part('one', STAY));
    expect(supervisor.isRunning('one')).toBe(true);
    expect(deaths).toEqual([]);
  });

  it('that does not heed SIGTERM is killed after its limit', async () => {
    await supervisor.start(part('one', STUBBORN, () => log('one').includes('deaf')));
    await supervisor.stop('one');
    expect(findLeftovers(folder)).toEqual([]);
  });

  it('that is stopped in its tracks (SIGSTOP) is ended too', async () => {
    await supervisor.start(part('one', `console.log('up'); ${STAY}`, () => log('one').includes('up')));
    await supervisor.signal('one', 'SIGSTOP');
    await supervisor.stop('one');
    expect(findLeftovers(folder)).toEqual([]);
  });

  it('takes the processes it forked with it', async () => {
    const forks = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(STUBBORN)}], { stdio: 'inherit' }); ${STAY}`;
    await supervisor.start(part('one', forks, () => log('one').includes('deaf')));
    expect(findLeftovers(folder)).toHaveLength(2);
    await supervisor.stop('one');
    expect(findLeftovers(folder)).toEqual([]);
  });
});

it('ends parts in the reverse of the order in which they first started, whatever was started again since', async () => {
  const ended: string[] = [];
  for (const name of ['store', 'service']) await supervisor.start(part(name, STAY));
  await supervisor.stop('store');
  await supervisor.start(part('store', STAY));
  await supervisor.stopAll((name) => ended.push(name));
  expect(ended).toEqual(['service', 'store']);
});

it('lets nothing start any more once it was cancelled', async () => {
  supervisor.cancel();
  await expect(supervisor.start(part('one', STAY))).rejects.toThrow('cancelled');
  expect(findLeftovers(folder)).toEqual([]);
});

describe('when the supervisor is killed with -9', () => {
  const orphan = async (program: string, said: string): Promise<number> => {
    const maker = spawn(process.execPath, [`${import.meta.dirname}/testdata/orphan-maker.ts`, folder, program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [output] = (await once(maker.stdout, 'data')) as [Buffer];
    await waitFor(() => existsSync(`${folder}/logs/part.log`) && log('part').includes(said), { what: 'the part is up', limitMs: 5_000, intervalMs: 10 });
    maker.kill('SIGKILL');
    await once(maker, 'exit');
    return Number(output.toString());
  };

  it('its parts end by themselves', async () => {
    await orphan(`console.log('up'); ${STAY}`, 'up');
    await waitFor(() => findLeftovers(folder).length === 0, { what: 'the part is gone', limitMs: 3_000, intervalMs: 10 });
  });

  it('the next start ends what does not', async () => {
    const pid = await orphan(STUBBORN, 'deaf');
    expect(findLeftovers(folder)).toEqual([pid]);
    expect(await endLeftovers(folder, 200)).toBe(1);
    expect(findLeftovers(folder)).toEqual([]);
  });
});

it('takes only processes of its own data folder for its own', () => {
  const environ = 'PATH=/bin\0SFS_STACK_OWNER=/data/one\0HOME=/root\0';
  expect(isOwnedBy(environ, '/data/one')).toBe(true);
  expect(isOwnedBy(environ, '/data/on')).toBe(false);
  expect(isOwnedBy('X=SFS_STACK_OWNER=/data/one\0', '/data/one')).toBe(false);
});
