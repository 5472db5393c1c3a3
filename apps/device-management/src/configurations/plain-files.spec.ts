import { describe, expect, it } from 'vitest';
import { identify, parseConfigLines } from '@sfs/phone-config';
import { MAC, thePack } from '../check-sync/fake-parts.ts';
import { PlainFiles } from './plain-files.ts';

const packs = [thePack('yealink'), thePack('audiocodes')];
const [yealink] = packs;
const asked = (fileName: string, userAgent = 'Yealink SIP-T46U 108.86.0.90 80:5e:c0:d5:7d:72') => ({ identity: identify(packs, { fileName, userAgent }), fileName });
const textOf = (file: { body: Uint8Array } | undefined): string => Buffer.from(file?.body ?? []).toString();

describe('files without secrets', () => {
  const files = new PlainFiles('http://127.0.0.1:8803/fs/dm/prov');

  it('tell a phone where to ask and to come again soon', () => {
    const { identity, fileName } = asked(`${MAC}.cfg`);
    const { body, contentType } = files.bootstrap(identity, fileName);
    if (!yealink) throw new Error('no pack');
    const lines = parseConfigLines(yealink, textOf({ body }));
    expect(contentType).toContain('text/');
    expect(lines.get('static.auto_provision.server.url')).toMatch(/^http:\/\/127\.0\.0\.1:8803\/fs\/dm\/prov\//);
    expect(lines.get('static.auto_provision.repeat.minutes')).toBe('5');
    expect([...lines.keys()].filter((name) => name.includes('account.'))).toEqual([]);
  });

  it('come out of memory when they have no MAC in their name, and are made for everybody else', () => {
    const common = asked('y000000000108.cfg');
    expect(files.common(common.identity, common.fileName)).toBe(files.common(common.identity, common.fileName));
    const { identity, fileName } = asked(`${MAC}.cfg`);
    expect(files.bootstrap(identity, fileName)).not.toBe(files.bootstrap(identity, fileName));
    expect(files.bootstrap(identity, fileName)).toEqual(files.bootstrap(identity, fileName));
  });

  it('have the common files of a vendor, and none that it does not serve', () => {
    for (const name of ['y000000000108.cfg', `${MAC}.boot`]) {
      const { identity, fileName } = asked(name);
      expect([name, files.common(identity, fileName) !== undefined]).toEqual([name, true]);
    }
    const { identity, fileName } = asked('T46U-108.86.0.90.rom');
    expect(files.common(identity, fileName)).toBeUndefined();
    const own = asked(`${MAC}.cfg`);
    expect(files.common(own.identity, own.fileName)).toBeUndefined();
  });

  it('say nothing to who cannot be told apart', () => {
    expect(textOf(files.bootstrap({ model: '', firmware: '', conflict: '' }, 'x.cfg'))).toBe('');
  });
});
