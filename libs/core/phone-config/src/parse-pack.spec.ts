import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePack } from './parse-pack.ts';
import { ACME, aPhone, acme, anOpenInput } from './phone-builders.ts';
import { renderBootstrap, renderCommon, renderOwn } from './render.ts';

const faultsOf = (source: { readonly folder: string; readonly json: string }): readonly string[] => {
  const parsed = parsePack(source);
  return parsed.ok ? [] : parsed.error;
};
const withSyntax = (change: Readonly<Record<string, unknown>>): { folder: string; json: string } => acme({ syntax: { ...ACME.syntax, ...change } });
const withAgent = (pattern: string): { folder: string; json: string } => acme({ userAgents: [pattern] });

it('reads a pack and fills in what may be left out', () => {
  const parsed = parsePack(acme());
  expect(parsed).toMatchObject({ ok: true, value: { id: 'acme', notes: [], common: [], models: [{ name: 'One', code: '', family: '', aliases: [] }], syntax: { lineEnd: '\n', empty: '', maxLength: 512 }, parameters: [{ empty: 'write', when: [] }, {}] } });
});

it('names every fault with its place', () => {
  const json = JSON.stringify({ ...ACME, id: 'Acme', ouis: ['00:15:65', '0a0b0'], files: [{ kind: 'mine', name: '../{mac}.cfg' }], resync: { event: 'check-sync\r\nX: y' }, extra: 1 });
  expect(faultsOf({ folder: 'acme', json })).toEqual([
    'has an unknown field "extra"',
    'id: must be 1 to 32 of a-z 0-9 -',
    'id: must be the folder\'s name, "acme"',
    'ouis[0]: must be six lower-case hex digits',
    'ouis[1]: must be six lower-case hex digits',
    'files[0].kind: must be one of own, common, boot, optional',
    'files[0].name: must be a file name, with {mac}, {MAC}, {model} or {code}, each once',
    'resync.event: must not have line breaks or control characters',
    'resync.event: must be an event type such as check-sync;reboot=false',
  ]);
});

describe('refuses', () => {
  it.each<[string, { folder: string; json: string }, RegExp]>([
    ['what is no JSON', { folder: 'acme', json: '{' }, /no JSON/],
    ['what is no object', { folder: 'acme', json: '[]' }, /must be an object/],
    ['a huge file', { folder: 'acme', json: ' '.repeat(1_000_001) }, /larger than/],
    ['another folder', { folder: 'other', json: acme().json }, /^id: must be the folder's name/],
    ['an inherited field', { folder: 'acme', json: acme().json.replace('{', '{"__proto__":{},') }, /unknown field "__proto__"/],
    ['a list that is none', acme({ files: { length: 1 } }), /^files: must be a list/],
    ['an endless list', acme({ ouis: Array.from({ length: 1001 }, () => '000000') }), /^ouis: must have at most 1000/],
    ['control characters in fixed lines', withSyntax({ header: ['a\nb'] }), /^syntax.header\[0\]: must not have line breaks/],
    ['no model', acme({ models: [] }), /^models: must have at least one/],
    ['no way to know the vendor', acme({ userAgents: [], ouis: [] }), /^userAgents: without one/],
    ['a model twice', acme({ models: [{ name: 'One' }, { name: 'Two', aliases: ['ONE'] }] }), /^models: "one" is there twice/],
    ['an OUI twice', acme({ ouis: ['0a0b0c', '0a0b0c'] }), /^ouis: 0a0b0c is there twice/],
    ['no own file', acme({ files: [{ kind: 'common', name: 'a.cfg' }] }), /^files: must have one of kind own/],
    ['an own file without MAC', acme({ files: [{ kind: 'own', name: 'a.cfg' }] }), /^files\[0\].name: an own file has/],
    ['a common file with a MAC', acme({ files: [...ACME.files, { kind: 'common', name: '{mac}.x' }] }), /^files\[2\].name: a common file has no MAC/],
    ['a MAC twice in a name', acme({ files: [{ kind: 'own', name: '{mac}{MAC}.cfg' }] }), /^files\[0\].name: has a place twice/],
    ['a file twice', acme({ files: [...ACME.files, { kind: 'optional', name: 'ACME.xml' }] }), /^files: "acme.xml" is there twice/],
    ['text in an own file', acme({ files: [{ kind: 'own', name: '{mac}.cfg', text: ['x'] }] }), /^files\[0\].text: only a boot file/],
    ['a secret in a boot file', acme({ files: [...ACME.files, { kind: 'boot', name: '{mac}.boot', text: ['{line.password}'] }] }), /^files\[2\].text\[0\]: there is no placeholder \{line.password\} here/],
    ['a secret in the bootstrap', acme({ bootstrap: [{ name: 'p', value: '{credential.password}' }] }), /^bootstrap\[0\].value: there is no placeholder/],
    ['a name of a person in a common file', acme({ common: [{ name: 'p', value: '{line.displayName}' }] }), /^common\[0\].value: there is no placeholder/],
    ['a bootstrap by model', acme({ models: [{ name: 'One', family: 'f' }], bootstrap: [{ name: 'p', value: '1', families: ['f'] }] }), /^bootstrap\[0\].families: only own files know the model/],
    ['an unknown placeholder', acme({ parameters: [{ name: 'p', value: '{line.pasword}' }] }), /^parameters\[0\].value: there is no placeholder \{line.pasword\} here/],
    ['an unknown condition', acme({ parameters: [{ name: 'p', value: '1', when: ['lines'] }] }), /^parameters\[0\]: there is no placeholder "lines" here/],
    ['a lonely brace', acme({ parameters: [{ name: 'p', value: '{line.number' }] }), /^parameters\[0\].value: has a brace without its partner/],
    ['an unknown family', acme({ parameters: [{ name: 'p', value: '1', families: ['x'] }] }), /^parameters\[0\].families: no model is of "x"/],
    ['a parameter twice', acme({ parameters: [{ name: 'p', value: '1' }, { name: 'p', value: '2' }] }), /^parameters\[1\].name: "p" is there already, at parameters\[0\]/],
    ['a parameter twice in one family', acme({ models: [{ name: 'One', family: 'f' }], parameters: [{ name: 'p', value: '1', families: ['f'] }, { name: 'p', value: '2' }] }), /^parameters\[1\].name: "p" is there already/],
    ['a name with the separator in it', acme({ parameters: [{ name: 'p = q', value: '1' }] }), /^parameters\[0\].name: must be/],
    ['a line without value', withSyntax({ line: '{name}' }), /^syntax.line: must have/],
    ['a separator that a name may have', withSyntax({ line: '{name}/{value}', replace: {} }), /^syntax.line: what stands between/],
    ['an end that a value may have', withSyntax({ replace: {} }), /^syntax.replace: must replace "<"/],
    ['a word for nothing that a value may have', withSyntax({ empty: '%NULL%' }), /^syntax.reserved: must have the word/],
    ['reserved words without guard', withSyntax({ reserved: ['x'] }), /^syntax.guard: must be there/],
    ['a guard that begins a comment', withSyntax({ notFirst: '#', guard: '#' }), /^syntax.guard: must be there/],
    ['a guard that the syntax replaces', withSyntax({ notFirst: '#', guard: '<' }), /^syntax.guard: must not be replaced/],
    ['replacing more than a character', withSyntax({ replace: { '<': '&lt;', ab: 'c' } }), /^syntax.replace: "ab" must be one character/],
    ['a strange line end', withSyntax({ lineEnd: '\r' }), /^syntax.lineEnd: must be/],
    ['a length out of range', withSyntax({ maxLength: 100_000 }), /^syntax.maxLength: must be a whole number/],
    ['an event that would end its header', acme({ resync: { event: 'check-sync;x=y,z' } }), /^resync.event: must be an event type/],
  ])('%s', (_, source, fault) => {
    expect(faultsOf(source)).toEqual(expect.arrayContaining([expect.stringMatching(fault)]));
  });
});

describe('refuses a User-Agent pattern that', () => {
  it.each([
    ['is not anchored', 'Acme', /anchored/],
    ['is not anchored at its end', '^Acme\\$', /anchored/],
    ['has alternatives that are not', '^Acme|x$', /alternatives outside a group/],
    ['repeats a repeated group', '^(a+)+$', /must not repeat a group/],
    ['repeats a group some times', '^(?:a|a){20}$', /must not repeat a group/],
    ['repeats what comes next', '^[a-z]+a$', /must not repeat what can also come next/],
    ['repeats the same in a row', '^a{1,99}a{1,99}$', /must not repeat what can also come next/],
    ['repeats what comes next in another case', '^a*A$', /must not repeat what can also come next/],
    ['repeats what comes after something optional', '^\\d*(?:x)?y?[^a-z]$', /must not repeat what can also come next/],
    ['repeats anything before something', '^.*x$', /must not repeat what can also come next/],
    ['repeats lazily', '^a*?b$', /lazily/],
    ['leaves many choices open', `^${'(?:ab)?'.repeat(9)}a$`, /more than 3 choices/],
    ['has many equal alternatives', '^(?:a|aa|aaa|aaaa|aaaaa)b$', /more than 3 choices/],
    ['looks ahead', '^(?=a)a$', /look ahead/],
    ['looks behind', '^a(?<!b)$', /look ahead or behind/],
    ['refers back', '^(a)\\1$', /refer back/],
    ['has a strange escape', '^\\u0061$', /unknown escape/],
    ['has strange characters', '^ä$', /ASCII/],
    ['changes its flags', '^(?-i:a)$', /group of a kind/],
    ['names another group', '^(?<secret>a)$', /has a group "secret"/],
    ['is no pattern', '^(a$', /is no regular expression/],
    ['is no pattern either', '^a)$', /is no regular expression/],
    ['has an open class', '^[a$', /is no regular expression/],
    ['is long', `^${'a'.repeat(300)}$`, /at most 256/],
  ])('%s', (_, pattern, fault) => {
    expect(faultsOf(withAgent(pattern))).toEqual([expect.stringMatching(fault)]);
  });

  it('but not one that is plain', () => {
    expect(faultsOf(withAgent('^Acme (?<model>[a-z(+]{1,8})(?: (?:x|y))? [^)\\]-]*\\)(?: .*)?$'))).toEqual([]);
  });
});

describe('whatever stands in a pack', () => {
  const field = fc.constantFrom(...Object.keys(ACME), 'tables', 'notes', 'common');
  const change = fc.oneof(fc.tuple(field, fc.jsonValue({ maxDepth: 3 })), fc.tuple(fc.constant('syntax'), fc.dictionary(fc.constantFrom(...Object.keys(ACME.syntax), 'empty', 'guard', 'notFirst', 'lineEnd'), fc.jsonValue({ maxDepth: 1 })).map((some) => ({ ...ACME.syntax, ...some }))));

  it('it is refused with faults, or its files can be rendered', () => {
    fc.assert(
      fc.property(change, ([name, value]) => {
        const parsed = parsePack(acme({ [name]: value }));
        if (!parsed.ok) return parsed.error.length > 0 && parsed.error.every((fault) => fault !== '' && !fault.includes('\n'));
        const [first] = parsed.value.files;
        const open = first === undefined ? [] : [renderBootstrap(parsed.value, first, anOpenInput('x')), renderCommon(parsed.value, first, anOpenInput('x'))];
        return [renderOwn(parsed.value, aPhone()), ...open].every(({ lines }) => lines.every(({ text }) => !/[\r\n]/.test(text)));
      }),
    );
  });
});
