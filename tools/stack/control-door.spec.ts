import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRunningStack } from './control-client.ts';
import { controlSocket, openControlDoor, type ControlDoor } from './control-door.ts';
import type { StackControl } from './stack-control.ts';

const dataDir = mkdtempSync(`${tmpdir()}/sfs-control-`);
const asked: unknown[][] = [];
const control = {
  layout: { dataDir, asking: 'evapi' },
  isRunning: () => false,
  stop: async (...all: unknown[]) => void asked.push(['stop', ...all]),
  start: async (...all: unknown[]) => void asked.push(['start', ...all]),
  signal: () => Promise.reject(new Error('kafka is not running')),
} as unknown as StackControl;

describe('the control door', () => {
  let door: ControlDoor;
  beforeAll(async () => {
    door = await openControlDoor(control, () => undefined);
  });
  afterAll(async () => {
    await door.close();
    rmSync(dataDir, { recursive: true });
  });

  it('is open to the owner alone', () => expect(statSync(controlSocket(dataDir)).mode & 0o777).toBe(0o600));

  it('says what runs where', async () => expect((await findRunningStack(dataDir)).layout).toEqual(control.layout));

  it('stops and starts parts, with what is to be added to the environment', async () => {
    const stack = await findRunningStack(dataDir);
    await stack.stop('kafka');
    await stack.start('provisioning', { SFS_LOG_LEVEL: 'debug' });
    expect(asked).toEqual([
      ['stop', 'kafka'],
      ['start', 'provisioning', { SFS_LOG_LEVEL: 'debug' }],
    ]);
  });

  it('passes failures on', async () => {
    const stack = await findRunningStack(dataDir);
    await expect(stack.signal('kafka', 'SIGKILL')).rejects.toThrow('kafka is not running');
  });
});

it('a stack that does not run is said to be so, with what to type', async () => {
  await expect(findRunningStack('/nowhere')).rejects.toThrow('type npm start');
});

it('a folder too deep for a Unix socket gets a short name elsewhere', () => {
  expect(Buffer.byteLength(controlSocket(`/${'deep/'.repeat(40)}`))).toBeLessThan(100);
});
