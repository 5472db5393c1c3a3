import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@sfs/testing';
import { aDevice, aLine, FakeDirectory, FakeFacts, FakeKnownDevices, MAC, thePack } from '../check-sync/fake-parts.ts';
import { fields } from '../config.ts';
import type { RunningConfigurations } from './configurations.port.ts';
import { FakeRevisions, FakeSipPasswords } from './fake-sources.ts';
import { runConfigurations } from './start-configurations.ts';

const config = fields.parse({ SFS_DEVICES_CREDENTIAL_KEY: Buffer.alloc(32, 1).toString('base64') });

/** Two replicas: a memory each, one store. */
class Replica {
  readonly known = new FakeKnownDevices();
  readonly directory = new FakeDirectory();
  readonly facts = new FakeFacts();
  readonly told: string[] = [];
  readonly lines: string[] = [];
  readonly running: RunningConfigurations;

  constructor(passwords: FakeSipPasswords, revisions: FakeRevisions) {
    const log = pino({ level: 'trace' }, { write: (line: string) => void this.lines.push(line) });
    const checkSync = { send: (mac: string) => Promise.resolve(this.told.push(mac)).then(() => ({ status: 200, meaning: '' })) };
    const { known, directory, facts } = this;
    this.running = runConfigurations({ config, host: { log, metrics: new Registry(), onFatal: () => undefined }, packs: [thePack('yealink')], known, directory, facts, checkSync }, { passwords, revisions, debounceMs: 20, retryMs: 50 });
  }

  async untilCurrent(mac = MAC): Promise<number> {
    return (await eventually(`a current file of ${mac}`, () => this.running.cached(mac))).revision;
  }
}

describe('configurations', () => {
  let passwords: FakeSipPasswords;
  let revisions: FakeRevisions;
  let replicas: readonly [Replica, Replica];
  beforeEach(() => {
    passwords = new FakeSipPasswords();
    passwords.passwords.set('1001', 'sip-password-1');
    revisions = new FakeRevisions();
    replicas = [new Replica(passwords, revisions), new Replica(passwords, revisions)];
  });
  afterEach(() => Promise.all(replicas.map(({ running }) => running.stop())));
  const enter = (line = aLine()): void => {
    for (const { known, directory } of replicas) {
      directory.put(line);
      known.put(aDevice());
    }
  };
  const rename = (displayName: string): void => {
    for (const { directory } of replicas) directory.put(aLine({ displayName, stamp: displayName }));
  };
  const revisionsIn = ({ facts }: Replica): unknown[] => facts.events.filter(({ kind }) => kind === 'revision').map(({ revision, subject }) => [revision, subject]);

  it('are ready before a phone asks, as revision 1, which no phone is told of', async () => {
    enter();
    expect(await Promise.all(replicas.map((each) => each.untilCurrent()))).toEqual([1, 1]);
    expect(replicas.flatMap(revisionsIn)).toEqual([[1, 'first file of this device']]);
    expect(replicas.flatMap(({ told }) => told)).toEqual([]);
  });

  it('follow a change by themselves: one of the replicas declares the revision, notes it and tells the phone', async () => {
    enter();
    await Promise.all(replicas.map((each) => each.untilCurrent()));
    rename('Ann Bergson');
    expect(await Promise.all(replicas.map((each) => each.untilCurrent()))).toEqual([2, 2]);
    await eventually('the NOTIFY', () => replicas.flatMap(({ told }) => told).length > 0 || undefined);
    expect(replicas.flatMap(({ told }) => told)).toEqual([MAC]);
    expect(replicas.flatMap(revisionsIn)).toEqual([[1, 'first file of this device'], [2, 'name of the user']]);
    const [, follower] = replicas[0].told.length > 0 ? replicas : [replicas[1], replicas[0]];
    expect(follower.facts.revisions.at(-1)).toMatchObject({ mac: MAC, revision: 2 });
  });

  it('tell a phone once for changes that come together', async () => {
    enter();
    await Promise.all(replicas.map((each) => each.untilCurrent()));
    for (const name of ['A', 'B', 'C']) rename(name);
    expect(await Promise.all(replicas.map((each) => each.untilCurrent()))).toEqual([2, 2]);
    await eventually('the NOTIFY', () => replicas.flatMap(({ told }) => told).length > 0 || undefined);
    expect(revisions.rows.get(MAC)).toHaveLength(2);
  });

  it('are caught up with when provisioning is back', async () => {
    passwords.away = true;
    enter();
    await eventually('an attempt', () => passwords.asked > 0 || undefined);
    expect(replicas[0].running.cached(MAC)).toBeUndefined();
    passwords.away = false;
    expect(await replicas[0].untilCurrent()).toBe(1);
  });

  it('forget a device that is deleted', async () => {
    enter();
    await replicas[0].untilCurrent();
    replicas[0].known.devices.clear();
    replicas[0].known.tell([MAC]);
    expect(replicas[0].running.cached(MAC)).toBeUndefined();
    await expect(replicas[0].running.ownFile(MAC)).rejects.toMatchObject({ code: 'devices/unknown' });
  });

  it('put no secret into the log, the timeline or the store', async () => {
    enter();
    await Promise.all(replicas.map((each) => each.untilCurrent()));
    passwords.passwords.set('1001', 'sip-password-2');
    rename('Ann');
    await Promise.all(replicas.map((each) => each.untilCurrent()));
    const written = JSON.stringify([replicas.map(({ lines, facts }) => [lines, facts.events, facts.revisions]), [...revisions.rows]]);
    expect(written).not.toMatch(/sip-password-[12]/);
  });
});
