import { beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '@sfs/kernel';
import type { OwnFile } from '../configurations/configurations.port.ts';
import { DeviceFilesService } from './device-files.service.ts';
import { DeviceHistory } from './device-history.ts';
import { caller, devicesRig, LINE, MAC, wanted } from './devices-rig.ts';
import { TEST_PACKS } from './test-packs.ts';

const own: OwnFile = {
  name: `${MAC}.cfg`,
  contentType: 'text/plain',
  body: Buffer.from('password = s3cret\n'),
  etag: '"1"',
  revision: 3,
  lastModified: '',
  lines: [{ text: '#!version', masked: '#!version', origin: '' }, { text: 'password = s3cret', masked: 'password = ••••••••', origin: 'secret' }],
};

let rig: Awaited<ReturnType<typeof devicesRig>>;
let files: DeviceFilesService;
let history: DeviceHistory;
let answer: Promise<OwnFile>;

beforeEach(async () => {
  rig = await devicesRig();
  answer = Promise.resolve(own);
  const common = (name: string) => ({ body: Buffer.from(`#!version\r\n# ${name}\r\n`), contentType: 'text/plain' });
  files = new DeviceFilesService({ store: rig.store, packs: TEST_PACKS, configurations: { ownFile: () => answer, common: (_identity, name) => common(name) } });
  history = new DeviceHistory(rig.store);
  await rig.devices.create(caller, wanted(LINE));
});

const revealed = async () => (await history.list('default', { entityId: MAC, pageSize: 0, pageToken: '' })).changes.filter(({ kind }) => kind === 'device-reveal');

describe('the files of a device', () => {
  it('are in the order the phone asks, the optional ones left out', async () => {
    const all = await files.list(caller, MAC, false);
    expect(all.map(({ name, kind, revision }) => [name, kind, revision])).toEqual([
      ['y000000000000.boot', 'common', 0],
      ['y000000000108.cfg', 'common', 0],
      [`${MAC}.cfg`, 'own', 3],
    ]);
    expect(all[1]?.lines.map(({ text }) => text)).toEqual(['#!version', '# y000000000108.cfg']);
  });

  it('are masked, which leaves no trace', async () => {
    const shown = (await files.list(caller, MAC, false)).find(({ kind }) => kind === 'own');
    expect(JSON.stringify(shown)).not.toContain('s3cret');
    expect([shown?.lines[1], await revealed()]).toEqual([{ text: 'password = ••••••••', origin: 'secret' }, []]);
  });

  it('are revealed after it is written down who saw them', async () => {
    rig.entities.beforeCommit = () => Promise.reject(new DomainError('unavailable', 'store/away', 'The store is away'));
    await expect(files.list(caller, MAC, true)).rejects.toMatchObject({ kind: 'unavailable' });
    const shown = (await files.list(caller, MAC, true)).find(({ kind }) => kind === 'own');
    expect([shown?.lines[1]?.text, await revealed()]).toMatchObject(['password = s3cret', [{ actor: 'ann' }]]);
  });

  it('are not revealed, nor written down, when they cannot be rendered', async () => {
    answer = Promise.reject(new DomainError('unavailable', 'configurations/away', 'Provisioning is away'));
    await expect(files.list(caller, MAC, true)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await revealed()).toEqual([]);
  });

  it('are those of the own tenant only', async () => {
    await expect(files.list({ ...caller, tenant: 'acme' }, MAC, true)).rejects.toMatchObject({ code: 'devices/unknown' });
  });
});

describe('the history of a device', () => {
  it('has the device, its windows and who saw secrets, newest first, on pages', async () => {
    await files.list(caller, MAC, true);
    const seen: string[] = [];
    let pageToken = '';
    do {
      const page = await history.list('default', { entityId: '80-5E-C0-00-00-01', pageSize: 1, pageToken });
      seen.push(...page.changes.map(({ kind }) => kind));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(seen).toEqual(['device-reveal', 'enrolment', 'device']);
  });

  it.each([
    ['device-profile/none', 0],
    ['nonsense', 0],
    ['', 2],
  ])('of %s', async (entityId, count) => {
    expect((await history.list('default', { entityId, pageSize: 0, pageToken: '' })).changes.length).toBe(count);
  });

  it('is refused for a token that was not issued here', async () => {
    await expect(history.list('default', { entityId: MAC, pageSize: 0, pageToken: 'x' })).rejects.toMatchObject({ code: 'page/token' });
  });
});
