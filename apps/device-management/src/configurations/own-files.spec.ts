import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '@sfs/config';
import { parseConfigLines } from '@sfs/phone-config';
import { aDevice, aLine, FakeDirectory, FakeKnownDevices, MAC, thePack } from '../check-sync/fake-parts.ts';
import { adminPasswordOf, credentialOf } from '../credentials/credentials.ts';
import { ConfigurationMetrics } from './configuration.metrics.ts';
import type { OwnFile } from './configurations.port.ts';
import { FakeRevisions, FakeSipPasswords } from './fake-sources.ts';
import { OwnFiles } from './own-files.ts';
import { Revisions, type Settled } from './revisions.ts';
import { SipPasswords } from './sip-passwords.ts';

const credentialKey = new Secret(Buffer.alloc(32, 3).toString('base64'));
const yealink = thePack('yealink');
const textOf = ({ body }: OwnFile): string => Buffer.from(body).toString();
const linesOf = (file: OwnFile): ReadonlyMap<string, string> => parseConfigLines(yealink, textOf(file));

describe('the own file of a device', () => {
  let known: FakeKnownDevices;
  let directory: FakeDirectory;
  let source: FakeSipPasswords;
  let store: FakeRevisions;
  let registry: Registry;
  let settled: Settled[];
  let files: OwnFiles;
  beforeEach(() => {
    [known, directory, source, store, registry, settled] = [new FakeKnownDevices(), new FakeDirectory(), new FakeSipPasswords(), new FakeRevisions(), new Registry(), []];
    known.put(aDevice());
    directory.put(aLine());
    source.passwords.set('1001', 'sip-password-1');
    files = new OwnFiles({
      packs: [yealink, thePack('audiocodes')],
      known,
      directory,
      passwords: new SipPasswords(source),
      revisions: new Revisions(store, () => Date.UTC(2026, 10, 25)),
      render: { credentialKey, publicUrl: 'http://127.0.0.1:8803/fs/dm/prov' },
      metrics: new ConfigurationMetrics(registry),
      settled: (_device, revision) => void settled.push(revision),
    });
  });

  it('carries the line, its SIP password and what the phone needs for its next fetch', async () => {
    const file = await files.ownFile(MAC);
    const lines = linesOf(file);
    expect(file.name).toBe(`${MAC}.cfg`);
    expect([lines.get('account.1.user_name'), lines.get('account.1.password'), lines.get('account.1.display_name'), lines.get('account.1.sip_server.1.address')]).toEqual(['1001', 'sip-password-1', 'Ann Berg', 'site-a.example']);
    expect(lines.get('static.auto_provision.server.url')).toBe('http://127.0.0.1:8803/fs/dm/prov/enrolled/');
    expect([lines.get('static.auto_provision.server.username'), lines.get('static.auto_provision.server.password')]).toEqual(Object.values(credentialOf(credentialKey, { tenant: 'default', mac: MAC, generation: 1 })));
    expect(textOf(file)).toContain(adminPasswordOf(credentialKey, { tenant: 'default', mac: MAC }));
  });

  it('has the first revision, a strong tag of its content and the time of the revision', async () => {
    const file = await files.ownFile(MAC);
    expect(file).toMatchObject({ revision: 1, lastModified: 'Wed, 25 Nov 2026 00:00:00 GMT', etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) });
    expect(settled).toEqual([expect.objectContaining({ revision: 1, isOurs: true, cause: 'first file of this device' })]);
  });

  it('shows its lines without secrets, and where each comes from', async () => {
    const { lines } = await files.ownFile(MAC);
    expect(lines.map(({ masked }) => masked).join('\n')).not.toContain('sip-password-1');
    expect(lines.map(({ text }) => text).join('\n')).toContain('sip-password-1');
    expect(lines.some(({ origin }) => origin === 'number')).toBe(true);
  });

  it('comes out of memory until something it is made of changes, and then nobody is asked', async () => {
    expect(files.cached(MAC)).toBeUndefined();
    const file = await files.ownFile(MAC);
    expect(files.cached(MAC)).toBe(file);
    [source.away, store.away] = [true, true];
    expect(await files.ownFile(MAC)).toBe(file);
    directory.put(aLine({ displayName: 'Ann Bergson', stamp: 'l2' }));
    expect(files.cached(MAC)).toBeUndefined();
  });

  it.each<[string, string, () => void]>([
    ['the name of the user', 'name of the user', () => directory.put(aLine({ displayName: 'Ann Bergson', stamp: 'l2' }))],
    ['the SIP password', 'SIP password', () => void (source.passwords.set('1001', 'sip-password-2'), directory.put(aLine({ stamp: 'l2' })))],
    ['the credential', 'credential of the phone', () => known.put(aDevice({ credentialGeneration: 2, tag: 'd2' }))],
    ['the number', 'number, name of the user, SIP password', () => void (source.passwords.set('1002', 'other'), directory.put(aLine({ number: '1002', displayName: 'Bea', stamp: 'l2' })), known.put(aDevice({ number: '1002', tag: 'd2' })))],
    ['settings of the device', 'settings of the device', () => known.put(aDevice({ settings: { registerSeconds: 120 }, tag: 'd2' }))],
    ['settings of its site', 'settings of the site', () => void known.above.set(MAC, { site: { timeZone: 'Europe/Berlin' } })],
  ])('is a new revision with %s', async (_what, cause, change) => {
    const before = await files.ownFile(MAC);
    change();
    expect(files.cached(MAC)).toBeUndefined();
    const after = await files.ownFile(MAC);
    expect(after.revision).toBe(2);
    expect(after.etag).not.toBe(before.etag);
    expect(settled.at(-1)?.cause).toBe(cause);
  });

  it('is the same revision and the same bytes when nothing in it has changed', async () => {
    const before = await files.ownFile(MAC);
    known.put(aDevice({ tag: 'd2' }));
    const after = await files.ownFile(MAC);
    expect([after.revision, after.etag, textOf(after)]).toEqual([1, before.etag, textOf(before)]);
    expect(settled).toHaveLength(2);
    expect(settled[1]?.isOurs).toBe(false);
  });

  it('is rendered once however many phones ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 50 }, () => files.ownFile(MAC)));
    expect(new Set(asked).size).toBe(1);
    expect([source.asked, store.reads]).toEqual([1, 1]);
    expect(await registry.metrics()).toContain('sfs_devices_files_rendered_total{vendor="yealink"} 1');
  });

  it('never becomes a revision with what has passed while it was rendered', async () => {
    const ask = source.ask.bind(source);
    source.ask = async (line) => {
      const account = await ask(line);
      source.ask = ask;
      directory.put(aLine({ displayName: 'Ann Bergson', stamp: 'l2' }));
      return account;
    };
    const file = await files.ownFile(MAC);
    expect(linesOf(file).get('account.1.display_name')).toBe('Ann Bergson');
    expect(store.rows.get(MAC)).toHaveLength(1);
  });

  it('asks for a password once while the line is the same, also when there is none', async () => {
    source.passwords.clear();
    await expect(files.ownFile(MAC)).rejects.toMatchObject({ kind: 'not-found', code: 'sip-credentials/none' });
    await expect(files.ownFile(MAC)).rejects.toMatchObject({ kind: 'not-found' });
    expect(source.asked).toBe(1);
    source.passwords.set('1001', 'sip-password-1');
    directory.put(aLine({ stamp: 'l2' }));
    expect((await files.ownFile(MAC)).revision).toBe(1);
  });

  it('is unavailable while a neighbour is away, and there again with it', async () => {
    source.away = true;
    await expect(files.ownFile(MAC)).rejects.toMatchObject({ kind: 'unavailable', code: 'grpc/unreachable' });
    source.away = false;
    store.away = true;
    await expect(files.ownFile(MAC)).rejects.toMatchObject({ kind: 'unavailable', code: 'store/away' });
    store.away = false;
    expect((await files.ownFile(MAC)).revision).toBe(1);
    expect(await registry.metrics()).toContain('sfs_devices_files_failed_total{code="grpc/unreachable"} 1');
  });

  it.each<[string, string, string, () => void]>([
    ['an unknown device', 'not-found', 'devices/unknown', () => known.devices.clear()],
    ['a device while nobody knows which there are', 'unavailable', 'devices/not-loaded', () => void (known.devices.clear(), (known.isLoaded = false))],
    ['a device without a number', 'not-found', 'devices/no-line', () => known.put(aDevice({ switchId: '', number: '' }))],
    ['a number that is gone', 'not-found', 'devices/no-line', () => directory.lines.clear()],
    ['a number while nobody knows which there are', 'unavailable', 'devices/directory-away', () => void (directory.lines.clear(), (directory.isLoaded = false))],
    ['a vendor without a pack', 'unavailable', 'devices/no-pack', () => known.put(aDevice({ vendor: 'acme' }))],
  ])('is refused for %s: %s', async (_what, kind, code, prepare) => {
    prepare();
    await expect(files.ownFile(MAC)).rejects.toMatchObject({ kind, code });
    expect(files.cached(MAC)).toBeUndefined();
  });

  it('is forgotten with its device', async () => {
    await files.ownFile(MAC);
    files.forget(MAC);
    expect([files.size, files.cached(MAC)]).toEqual([0, undefined]);
    expect((await files.ownFile(MAC)).revision).toBe(1);
    expect(source.asked).toBe(2);
  });
});
