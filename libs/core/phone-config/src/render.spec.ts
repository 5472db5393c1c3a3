import { describe, expect, it } from 'vitest';
import { parseConfigLines } from './parse-config-lines.ts';
import { ACME, aLine, aPhone, acme, anOpenInput, packsOf } from './phone-builders.ts';
import { MASK, renderBootstrap, renderCommon, renderOwn, type PhoneInput, type RenderedFile } from './render.ts';
import type { SettingLayers } from './device-settings.ts';

const PLAIN = { ...ACME.syntax, header: [], footer: [], line: '{name}={value}', replace: { '"': "'" }, empty: '%NULL%', reserved: ['%NULL%'], guard: "'", notFirst: '#', maxLength: 20 };

const render = (parameters: readonly object[], { phone = {}, layers = {}, ...pack }: { phone?: Partial<PhoneInput>; layers?: SettingLayers; syntax?: object; models?: readonly object[]; tables?: object } = {}): RenderedFile => {
  const [made] = packsOf([acme({ syntax: PLAIN, parameters, ...pack })]);
  if (made === undefined) throw new Error('no pack');
  return renderOwn(made, aPhone(phone, layers));
};
const valueOf = (displayName: string, syntax: object = PLAIN): string => render([{ name: 'n', value: '{line.displayName}' }], { syntax, phone: { line: { ...aLine, displayName } } }).lines.at(-1)?.text.slice(2) ?? '';

describe('a name', () => {
  it.each([
    ['Anna Berg', 'Anna Berg'],
    ['Zoë 🦊 Ωμέγα', 'Zoë 🦊 Ωμέγα'],
    ['  Anna  ', 'Anna'],
    ['a\r\nb=1', 'a b=1'],
    ['a\u0000\u007f\u0085\u2028\u2029b', 'a b'],
    ['\uD800a\uDC00', 'a'],
    ['"Anna"', "'Anna'"],
    ['{line.password}', '{line.password}'],
    ['$& $1 $` {name}', '$& $1 $` {name}'],
    ['%null%', "'%null%"],
    ['# comment', "'# comment"],
    ['\n\t', '%NULL%'],
    ['🦊'.repeat(30), '🦊'.repeat(20)],
    [`#${'x'.repeat(30)}`, `'#${'x'.repeat(18)}`],
  ])('%j is written %j', (name, value) => {
    expect(valueOf(name)).toBe(value);
  });

  it('is cut before its signs are replaced, not in the middle of what stands for one', () => {
    expect(valueOf(`${'x'.repeat(19)}<<`, { ...PLAIN, replace: { '<': '&lt;' } })).toBe(`${'x'.repeat(19)}&lt;`);
  });

  it('cannot end its element where the syntax has one', () => {
    const file = render([{ name: 'n', value: '{line.displayName}' }], { syntax: ACME.syntax, phone: { line: { ...aLine, displayName: '"></set><set name="admin">&amp;' } } });
    expect(file.text).toBe('<settings>\n<set name="n">"&gt;&lt;/set&gt;&lt;set name="admin"&gt;&amp;amp;</set>\n</settings>\n');
  });
});

describe('a line', () => {
  it('may use the syntax’s own signs and words where the pack says so', () => {
    expect(render([{ name: 'a', value: '%NULL%' }, { name: 'b', value: '"{line.number}"' }]).text).toBe('a=%NULL%\nb="1001"\n');
  });

  it('tells where its value comes from; a secret beats all, then the number, then the strongest layer', () => {
    const parameters = [
      { name: 'a', value: 'fixed' },
      { name: 'b', value: '{transport} {language}' },
      { name: 'c', value: '{language} {line.number}' },
      { name: 'd', value: '{line.number}:{adminPassword}' },
      { name: 'e', value: '1', map: { '': '0' }, when: ['outboundProxy'] },
    ];
    const { lines } = render(parameters, { layers: { tenant: { language: 'de', outboundProxy: 'sbc' }, site: { transport: 'tcp' } } });
    expect(lines.map(({ text, origin, masked }) => [text, origin, masked === text ? '' : masked])).toEqual([
      ['a=fixed', '', ''],
      ['b=tcp de', 'site', ''],
      ['c=de 1001', 'number', ''],
      ['d=1001:ADMINSECRET', 'secret', `d=1001:${MASK}`],
      ['e=1', 'tenant', ''],
    ]);
  });

  it('without a value says so, or is left out', () => {
    expect(render([{ name: 'a', value: '{line.number}' }, { name: 'b', value: 'x{line.number}', empty: 'leave-out' }, { name: 'c', value: '{line}', map: { '': '0' } }], { phone: { line: undefined } }).text).toBe('a=%NULL%\nc=0\n');
  });

  it('follows its conditions', () => {
    const parameters = [{ name: 'a', value: '{backupProxy.host}', unless: ['outboundProxy'] }, { name: 'b', value: '{backupProxy.host}:{backupProxy.port}', when: ['outboundProxy'] }];
    expect(render(parameters, { layers: { site: { backupProxy: 'b:5070' } } }).text).toBe('a=b\nb=%NULL%\n');
    expect(render(parameters, { layers: { site: { backupProxy: 'b', outboundProxy: 'a' } } }).text).toBe('a=%NULL%\nb=b:5060\n');
  });

  it('is for the families it names; a model nobody knows is of the last one', () => {
    const models = [{ name: 'Old', family: 'old', aliases: ['Older'] }, { name: 'New', family: 'new' }];
    const parameters = [{ name: 'p', value: 'old', families: ['old'] }, { name: 'p', value: 'new', families: ['new'] }];
    const of = (model: string): string => render(parameters, { models, phone: { model } }).text;
    expect([of('OLDER'), of('New'), of('Newest')]).toEqual(['p=old\n', 'p=new\n', 'p=new\n']);
  });

  it('uses the pack’s words and the codecs in their order', () => {
    const parameters = [{ name: 'l', value: '{language.word}' }, { name: 'z', value: '{timeZone.word} {timeZone.offset}' }, { name: 'c', value: '{codec.1}', map: { g722: 'G722' } }, { name: 'p', value: '{codec.pcmu.place}', map: { '': '0' } }, { name: 'q', value: '{codec.pcma}', map: { '': '0' } }];
    expect(render(parameters, { tables: { language: { de: 'Deutsch' }, timeZone: { 'Europe/Berlin': 'Berlin' } }, layers: { tenant: { language: 'de', timeZone: 'Europe/Berlin', codecs: ['g722', 'pcmu'] } } }).text).toBe('l=Deutsch\nz=Berlin +01:00\nc=G722\np=2\nq=0\n');
  });
});

describe('a vendor parameter', () => {
  const parameters = [{ name: 'a', value: '{language}' }, { name: 'b', value: 'x' }, { name: 'secret', value: '{line.password}' }];

  it('overrules the line of its name where it stands; others follow by name', () => {
    const { lines } = render(parameters, { layers: { tenant: { vendorParameters: { z: '1', a: '2' } }, device: { vendorParameters: { c: '3', z: '4' } } } });
    expect(lines.map(({ text, origin }) => [text, origin])).toEqual([['a=2', 'tenant'], ['b=x', ''], ['secret=SipSecret7', 'secret'], ['c=3', 'device'], ['z=4', 'device']]);
  });

  it('may be the vendor’s own word, and stays within its line', () => {
    expect(render(parameters, { layers: { tenant: { vendorParameters: { a: '%NULL%', b: '', c: '#x\ny="z"' } } } }).text).toBe('a=%NULL%\nb=%NULL%\nsecret=SipSecret7\nc=#x y="z"\n');
  });

  it('cannot end its element where the syntax has one', () => {
    expect(render(parameters, { syntax: ACME.syntax, layers: { tenant: { vendorParameters: { b: '</set>' } } } }).lines[2]?.text).toBe('<set name="b">&lt;/set&gt;</set>');
  });

  it('in a secret’s place stays masked', () => {
    const line = render(parameters, { layers: { device: { vendorParameters: { secret: 'own' } } } }).lines.at(-1);
    expect(line).toEqual({ text: 'secret=own', origin: 'device', masked: `secret=${MASK}` });
  });
});

describe('a file without secrets', () => {
  const [pack] = packsOf([acme({ files: [...ACME.files, { kind: 'boot', name: '{mac}.boot', text: ['include {mac} {MAC}'] }], common: [{ name: 'every', value: '{checkStep} {checkHours}' }] })]);
  if (pack === undefined) throw new Error('no pack');
  const [own, common, boot] = pack.files;
  if (own === undefined || common === undefined || boot === undefined) throw new Error('no files');

  it('says where to ask, by its name alone', () => {
    expect(renderBootstrap(pack, own, anOpenInput('acme-0a0b0c0d0e0f.xml'))).toMatchObject({ name: 'acme-0a0b0c0d0e0f.xml', contentType: 'application/xml', text: '<settings>\n<set name="server">http://prov.example.net/fs/dm/prov/acme-0a0b0c0d0e0f.xml</set>\n</settings>\n' });
  });

  it('keeps a hostile name in its place', () => {
    expect(renderBootstrap(pack, own, anOpenInput('<a>\n')).lines[1]?.text).toBe('<set name="server">http://prov.example.net/fs/dm/prov/&lt;a&gt;</set>');
  });

  it.each([[5, '5 1'], [14, '5 1'], [15, '15 1'], [59, '15 1'], [60, 'hours 1'], [119, 'hours 1'], [1440, 'hours 24']])('asks again after %i minutes or sooner', (checkMinutes, said) => {
    expect(renderCommon(pack, common, { ...anOpenInput('acme.xml'), checkMinutes }).lines[1]?.text).toBe(`<set name="every">${said}</set>`);
  });

  it('of kind boot has its own lines, with the MAC of its name', () => {
    expect(renderCommon(pack, boot, anOpenInput('0A-0B-0C-0D-0E-0F.boot')).lines.map(({ text }) => text)).toEqual(['<settings>', 'include 0a0b0c0d0e0f 0A0B0C0D0E0F', '</settings>']);
  });
});

it('a file is read as a phone reads it: the last line of a name counts, what is no parameter is skipped', () => {
  const [pack] = packsOf([acme({ syntax: { ...PLAIN, header: ['#!v=1'] } })]);
  if (pack === undefined) throw new Error('no pack');
  expect([...parseConfigLines(pack, '#!v=1\na=1\nb=x=y\n\nnothing\nc=%NULL%\na=2\n')]).toEqual([['a', '2'], ['b', 'x=y'], ['c', '']]);
});
