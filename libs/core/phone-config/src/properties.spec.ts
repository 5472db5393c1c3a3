import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, isCommand } from './clean-value.ts';
import { effectiveDeviceSettings, type DeviceSettings } from './device-settings.ts';
import type { Pack } from './pack.ts';
import { parseConfigLines } from './parse-config-lines.ts';
import { aLine, aPhone, anOpenInput, packsOf } from './phone-builders.ts';
import { MASK, renderBootstrap, renderCommon, renderOwn, type PhoneInput } from './render.ts';

const folder = new URL('../packs/', import.meta.url);
const packs = packsOf(readdirSync(folder).map((name) => ({ folder: name, json: readFileSync(new URL(`${name}/pack.json`, folder), 'utf8') })));

/** Pieces of every syntax, between any characters there are. */
const SIGNS = ['"><script>', '\n', '\r\n', '%NULL%', '%EMPTY%', '#', ';', '=', ' = ', '<', '>', '&amp;', "']", '{line.password}', '{', '}', '$&', '\u0000', '\u0085', '\u2028', '\u2029', '\t', '\uD800', '\uDC00', '\u202e', 'include:config "x.cfg"', '[T46S]', 'account.1.enable = 0', '\\'];
const anyText = fc.oneof(
  fc.array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ unit: 'binary', maxLength: 5 }), fc.string({ maxLength: 5 })), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.constantFrom(...SIGNS),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 }).map((units) => String.fromCharCode(...units)),
);
const aModel = (pack: Pack): fc.Arbitrary<string> => fc.constantFrom(...pack.models.map(({ name }) => name));
const withName = (model: string, displayName: string): PhoneInput => aPhone({ model, line: { ...aLine, displayName } });

/** codecs are codec.… in a pack, checkMinutes also checkStep */
const isUsed = (pack: Pack, change: DeviceSettings): boolean => {
  const [name = ''] = Object.keys(change);
  const start = name.replace(/s$|Minutes$|Seconds$/, '');
  return pack.parameters.some(({ placeholders }) => placeholders.some((placeholder) => placeholder.startsWith(start)));
};

const namesWith = (pack: Pack, model: string, placeholder: string): ReadonlySet<string> => {
  const family = pack.models.find(({ name }) => name === model)?.family ?? '';
  return new Set(pack.parameters.filter(({ value, families }) => value.includes(`{${placeholder}}`) && (families.length === 0 || families.includes(family))).map(({ name }) => name));
};

// Many runs on a machine that others use too.
describe.each(packs.map((pack) => [pack.id, pack] as const))('in files of %s', { timeout: 60_000 }, (_, pack) => {
  it('any display name comes out as data: its own lines say it, no other line changes', () => {
    fc.assert(
      fc.property(aModel(pack), anyText, (model, displayName) => {
        const plain = renderOwn(pack, withName(model, 'Anna'));
        const file = renderOwn(pack, withName(model, displayName));
        const named = namesWith(pack, model, 'line.displayName');
        const [before, after] = [parseConfigLines(pack, plain.text), parseConfigLines(pack, file.text)];
        const rest = (lines: ReadonlyMap<string, string>): readonly string[] => [...lines].map(([name, value]) => (named.has(name) ? name : `${name} ${value}`));
        expect(rest(after)).toEqual(rest(before));
        expect(file.text.split(pack.syntax.lineEnd).length).toBe(plain.text.split(pack.syntax.lineEnd).length);
        for (const name of named) {
          const limit = pack.parameters.find((parameter) => parameter.name === name)?.maxLength ?? 0;
          const clean = cleanText(pack.syntax, displayName, Math.min(limit, pack.syntax.maxLength));
          const value = after.get(name) ?? '';
          expect(isCommand(pack.syntax, clean) ? value.startsWith(pack.syntax.guard) : value === clean).toBe(true);
          expect(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(value)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('no secret is in a masked text, and none in a file that needs no credential', () => {
    const uses = (placeholder: string): boolean => pack.parameters.some(({ placeholders }) => placeholders.includes(placeholder));
    const secrets = ['SipSecret7', 'HTTPSECRET', ...(uses('adminPassword') ? ['ADMINSECRET'] : [])];
    fc.assert(
      fc.property(aModel(pack), anyText, (model, displayName) => {
        const { lines, text } = renderOwn(pack, withName(model, displayName));
        const masked = lines.map((line) => line.masked).join('\n');
        for (const secret of secrets) {
          expect(text).toContain(secret);
          expect(masked).not.toContain(secret);
        }
        expect(masked.split(MASK).length).toBeGreaterThan(secrets.length);
        expect(lines.map((line) => line.text + pack.syntax.lineEnd).join('')).toBe(text);
      }),
      { numRuns: 50 },
    );
    for (const file of pack.files) {
      const fileName = file.name.replaceAll('{mac}', '805ec0d57d72').replaceAll('{MAC}', '805EC0D57D72').replaceAll('{model}', pack.models[0]?.name ?? '').replaceAll('{code}', '28');
      for (const { text } of [renderBootstrap(pack, file, anOpenInput(fileName)), renderCommon(pack, file, anOpenInput(fileName))]) for (const secret of [...secrets, aLine.userName, aLine.displayName]) expect(text).not.toContain(secret);
    }
  });

  it('equal input gives equal bytes, whatever order settings were given in', () => {
    fc.assert(
      fc.property(aModel(pack), fc.dictionary(fc.stringMatching(/^[A-Za-z0-9_./-]{1,20}$/), anyText, { maxKeys: 8 }), (model, vendorParameters) => {
        const reversed = Object.fromEntries(Object.entries(vendorParameters).toReversed());
        const of = (settings: DeviceSettings): string => renderOwn(pack, aPhone({ model }, { tenant: { language: 'de' }, device: settings })).text;
        expect(of({ vendorParameters: reversed, codecs: ['g722'] })).toBe(of({ codecs: ['g722'], vendorParameters }));
      }),
      { numRuns: 100 },
    );
  });

  it('a vendor parameter is the only thing that changes, and it wins by name', () => {
    fc.assert(
      fc.property(aModel(pack), fc.constantFrom(...pack.parameters.map(({ name }) => name), 'made.up/name-1'), anyText, (model, name, value) => {
        const before = parseConfigLines(pack, renderOwn(pack, aPhone({ model })).text);
        const file = renderOwn(pack, aPhone({ model }, { profile: { vendorParameters: { [name]: value } } }));
        const after = parseConfigLines(pack, file.text);
        expect(new Map([...after].filter(([other]) => other !== name))).toEqual(new Map([...before].filter(([other]) => other !== name)));
        const clean = value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\p{Cs}/gu, '').trim();
        if (pack.syntax.line.after === '') expect(after.get(name)).toBe(clean === pack.syntax.empty ? '' : clean);
        expect(file.lines.filter(({ origin }) => origin === 'profile').length).toBe(1);
      }),
      { numRuns: 200 },
    );
  });

  it('every setting that the pack uses reaches the file with its layer as origin', () => {
    const changes: readonly DeviceSettings[] = [{ timeZone: 'America/New_York' }, { language: 'de' }, { ntpServer: 'ntp.example.net' }, { transport: 'tcp' }, { registerSeconds: 120 }, { outboundProxy: 'sbc.example.net:5070' }, { backupProxy: 'b.example.net' }, { voicemailNumber: '*98' }, { checkMinutes: 10 }, { codecs: ['g722'] }];
    for (const layer of ['tenant', 'site', 'profile', 'device'] as const) {
      for (const change of changes.filter((one) => isUsed(pack, one))) {
        const { lines, text } = renderOwn(pack, aPhone({ effective: effectiveDeviceSettings({ [layer]: change }) }));
        expect([change, text === renderOwn(pack, aPhone()).text, lines.some(({ origin }) => origin === layer)]).toEqual([change, false, true]);
      }
    }
  });

  it('the phone is told where to ask with its own credential, and asks nowhere else', () => {
    const own = renderOwn(pack, aPhone()).text;
    expect(own).toContain('http://prov.example.net/fs/dm/prov/enrolled/');
    const [first] = pack.files.filter(({ kind }) => kind === 'own');
    if (first === undefined) throw new Error('no own file');
    const bootstrap = renderBootstrap(pack, first, anOpenInput(first.name.replace(/\{mac\}/i, '805ec0d57d72'))).text;
    expect(bootstrap).toContain('http://prov.example.net/fs/dm/prov/');
    expect(bootstrap).not.toContain('/enrolled/');
  });
});
