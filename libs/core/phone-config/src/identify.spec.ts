import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify, type Identity } from './identify.ts';
import { packsOf } from './phone-builders.ts';

const folder = new URL('../packs/', import.meta.url);
// These two, whatever vendors are added.
const packs = packsOf(['audiocodes', 'yealink'].map((name) => ({ folder: name, json: readFileSync(new URL(`${name}/pack.json`, folder), 'utf8') })));

const ask = (fileName: string, userAgent = ''): Identity => identify(packs, { fileName, userAgent });
const brief = ({ pack, model, firmware, mac, file, conflict }: Identity): readonly string[] => [pack?.id ?? '', model, firmware, mac ?? '', file?.kind ?? '', conflict];

const T46U = 'Yealink SIP-T46U 108.86.0.90 80:5e:c0:d5:7d:72';
const HD440 = 'AUDC-IPPhone/2.2.8.61 (440HDG-Rev0; 00908F602AAC)';

describe('a request of a Yealink phone', () => {
  it.each([
    ['805ec0d57d72.boot', T46U, ['yealink', 'T46U', '108.86.0.90', '805ec0d57d72', 'boot', '']],
    ['y000000000000.boot', T46U, ['yealink', 'T46U', '108.86.0.90', '', 'optional', '']],
    ['y000000000108.cfg', T46U, ['yealink', 'T46U', '108.86.0.90', '', 'common', '']],
    ['805ec0d57d72.cfg', T46U, ['yealink', 'T46U', '108.86.0.90', '805ec0d57d72', 'own', '']],
    ['805ec0d57d72-local.cfg', T46U, ['yealink', 'T46U', '108.86.0.90', '805ec0d57d72', 'optional', '']],
    ['805ec0d57d72-contact.xml', T46U, ['yealink', 'T46U', '108.86.0.90', '805ec0d57d72', 'optional', '']],
    ['001565a1b2c3.cfg', 'yealink SIP-T28P 2.73.0.50 00:15:65:a1:b2:c3', ['yealink', 'T28P', '2.73.0.50', '001565a1b2c3', 'own', '']],
    ['001565a1b2c3.cfg', 'W52P 25.30.0.2 00:15:65:a1:b2:c3', ['yealink', 'W52P', '25.30.0.2', '001565a1b2c3', 'own', '']],
    ['001565a1b2c3.cfg', 'VP530P 23.70.0.40 00:15:65:a1:b2:c3', ['yealink', 'VP530', '23.70.0.40', '001565a1b2c3', 'own', '']],
    ['001565a1b2c3.cfg', 'Yealink SIP VP-T49G 51.80.0.75 00:15:65:a1:b2:c3', ['yealink', 'T49G', '51.80.0.75', '001565a1b2c3', 'own', '']],
    ['805ec0d57d72.cfg', 'Yealink SIP-T58 58.85.0.5 805ec0d57d72', ['yealink', 'T58A', '58.85.0.5', '805ec0d57d72', 'own', '']],
    ['001565a1b2c3.cfg', 'Yealink-T46G 28.71.0.81 28.1.0.128.0.0.0', ['yealink', 'T46G', '28.71.0.81', '001565a1b2c3', 'own', '']],
    ['y000000000052.cfg', 'Yealink SIP-T21P_E2 52.84.0.15 00:15:65:a1:b2:c3', ['yealink', 'T21P E2', '52.84.0.15', '', 'common', '']],
    ['y000000000000.cfg', '', ['yealink', 'T28P', '', '', 'common', '']],
    ['y000000000028.cfg', '', ['yealink', 'T46G', '', '', 'common', '']],
    ['y000000000188.cfg', '', ['yealink', 'T77U', '', '', 'common', '']],
    ['y000000000025.cfg', '', ['yealink', '', '', '', 'common', '']],
  ])('%s, %s', (fileName, userAgent, expected) => {
    expect(brief(ask(fileName, userAgent))).toEqual(expected);
  });
});

describe('a request of an AudioCodes phone', () => {
  it.each([
    ['440HD.img', HD440, ['audiocodes', '440HD', '2.2.8.61', '', 'optional', '']],
    ['00908F602AAC.cfg', HD440, ['audiocodes', '440HD', '2.2.8.61', '00908f602aac', 'own', '']],
    ['00908f602aac-speeddial.txt', HD440, ['audiocodes', '440HD', '2.2.8.61', '00908f602aac', 'optional', '']],
    ['00908F9D8992.cfg', 'AUDC/3.4.6.604 AUDC-IPPhone-C450HD_UC_3.4.6.604/1', ['audiocodes', 'C450HD', '3.4.6.604', '00908f9d8992', 'own', '']],
    ['00908F602AAC.cfg', '', ['audiocodes', '', '', '00908f602aac', 'own', '']],
    ['405.img', '', ['audiocodes', '405', '', '', 'optional', '']],
  ])('%s, %s', (fileName, userAgent, expected) => {
    expect(brief(ask(fileName, userAgent))).toEqual(expected);
  });
});

describe('the MAC', () => {
  const notations = (mac: string): readonly string[] => {
    const two = mac.match(/../g) ?? [];
    const four = mac.match(/.{4}/g) ?? [];
    return [mac, two.join(':'), two.join('-'), two.join('.'), four.join('.'), four.join('-')].flatMap((text) => [text, text.toUpperCase()]);
  };

  it.each([...notations('805ec0d57d72').map((mac) => [mac, T46U, 'yealink'] as const), ...notations('00908f602aac').map((mac) => [mac, HD440, 'audiocodes'] as const)])('of %s.cfg is understood, with and without User-Agent', (mac, userAgent, vendor) => {
    for (const agent of [userAgent, '']) {
      const { pack, file, mac: read, conflict } = ask(`${mac}.cfg`, agent);
      expect([pack?.id, file?.kind, read, conflict]).toEqual([vendor, 'own', mac.replace(/[^0-9A-Fa-f]/g, '').toLowerCase(), '']);
    }
  });

  it('whose owner no pack knows leaves the vendor to the User-Agent, then to the case of the letters', () => {
    expect(ask('0a0b0c0d0e0f.cfg', T46U.replace(/ 80.*/, '')).pack?.id).toBe('yealink');
    expect(ask('0a0b0c0d0e0f.cfg').pack?.id).toBe('yealink');
    expect(ask('0A0B0C0D0E0F.cfg').pack?.id).toBe('audiocodes');
    expect(brief(ask('020304050607.cfg'))).toEqual(['', '', '', '020304050607', '', '']);
  });

  it('is never the User-Agent’s', () => {
    fc.assert(
      fc.property(fc.constantFrom('00908f602aac', '805ec0d57d72', '0a0b0c0d0e0f', '020304050607'), fc.oneof(fc.constantFrom(T46U, HD440), fc.string({ maxLength: 300 }), fc.tuple(fc.constantFrom('Yealink SIP-T46U 1.2.3 ', 'AUDC-IPPhone/1.2.3 (440HD; '), fc.string({ unit: fc.constantFrom(...'0123456789abcdef:)'), maxLength: 20 })).map((parts) => parts.join(''))), (mac, userAgent) => {
        expect(ask(`${mac}.cfg`, userAgent).mac).toBe(mac);
        expect(ask('y000000000028.cfg', userAgent).mac).toBeUndefined();
      }),
    );
  });
});

describe('what does not fit together is told, and changes no file', () => {
  it.each([
    ['805ec0d57d72.cfg', HD440, ['yealink', '', '', '805ec0d57d72', 'own', 'the MAC is of Yealink, the User-Agent of AudioCodes / Genesys; the User-Agent names another MAC than the file']],
    ['00908F602AAC.cfg', T46U, ['audiocodes', '', '', '00908f602aac', 'own', 'the MAC is of AudioCodes / Genesys, the User-Agent of Yealink; the User-Agent names another MAC than the file']],
    ['805ec0d57d73.cfg', T46U, ['yealink', 'T46U', '108.86.0.90', '805ec0d57d73', 'own', 'the User-Agent names another MAC than the file']],
    ['y000000000028.cfg', T46U, ['yealink', 'T46U', '108.86.0.90', '', 'common', 'the file is of another model than the User-Agent']],
    ['440HD.img', T46U, ['audiocodes', '440HD', '', '', 'optional', 'the file is of AudioCodes / Genesys, the User-Agent of Yealink']],
  ])('%s, %s', (fileName, userAgent, expected) => {
    expect(brief(ask(fileName, userAgent))).toEqual(expected);
  });
});

it.each(['', 'favicon.ico', '805ec0d57d72', '805ec0d57d72.cfg.bak', 'x805ec0d57d72.cfg', '805ec0d57d7.cfg', '805ec0d57d7g.cfg', '80:5e-c0:d5:7d:72.cfg', 'y000000000003.cfg', '999HD.img', '../805ec0d57d72.cfg', '805ec0d57d72.cfg\n', `${'8'.repeat(200)}.cfg`])('%j is nobody’s file', (fileName) => {
  expect(brief(ask(fileName))).toEqual(['', '', '', '', '', '']);
});

it('a User-Agent alone names the vendor, but no file', () => {
  expect(brief(ask('favicon.ico', T46U))).toEqual(['yealink', 'T46U', '108.86.0.90', '', '', '']);
});

it('is quick whatever comes', () => {
  const hostile = ['Yealink SIP-', 'AUDC-IPPhone/', 'AUDC/1.2.3 AUDC-IPPhone-'].flatMap((start) => ['a', '1.', ' ', ':', '-0'].map((part) => start + part.repeat(50_000)));
  const began = performance.now();
  for (const userAgent of hostile) for (const fileName of ['805ec0d57d72.cfg', ':'.repeat(50_000), `${'0'.repeat(120)}.cfg`]) ask(fileName, userAgent);
  expect(performance.now() - began).toBeLessThan(5000);
});
