import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aQuestion } from '../../test/rig.ts';
import { parseQuestion } from './parse-question.ts';

const parse = (text: string) => parseQuestion(Buffer.from(text));

describe('the body of a question', () => {
  it('is taken with any foreign fields, escapes, brackets and colons in strings, and white space', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 8 }).map((name) => `x${name}`), fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true }), fc.nat(2), (more, indent) => {
        const { question, fault } = parse(JSON.stringify({ ...more, ...aQuestion() }, null, indent));
        expect(fault).toBeUndefined();
        expect(question).toMatchObject(aQuestion());
      }),
    );
  });

  it.each([
    '{"callId":"c","from":"1","to":"1","to":"2","origin":"internal"}',
    '{"callId":"c","from":"1","to":"1","origin":"internal","target":{"busy":true,"busy":false}}',
    '{"callId":"c","from":"1","to":"1","origin":"internal","x":{"a":1,"a":1}}',
    '{"callId":"c","from":"1","to":"1","origin":"internal","x":1,"\\u0078":2}',
    '{"callId":"c","from":"1","to":"1","origin":"internal","x":[{"a":"}","a":"{"}]}',
  ])('is refused with a field given twice: %s', (text) => {
    expect(parse(text).fault?.code).toBe('request/duplicate-field');
  });

  it.each([
    [8, undefined],
    [9, 'request/too-deep'],
  ])('nested %i deep: %s', (depth, code) => {
    const inner = depth - 1;
    expect(parse(JSON.stringify(aQuestion()).replace('{', `{"x":${'['.repeat(inner)}${']'.repeat(inner)},`)).fault?.code).toBe(code);
  });

  it('counts no brackets inside strings as depth', () => {
    expect(parse(JSON.stringify(aQuestion({ x: '[[[[[[[[[[[[{"\\"' }))).fault).toBeUndefined();
  });

  it.each(['"', '{"callId":"', '{"callId":"\\', '{"a\\":1'])('never hangs or throws on the torn text %s', (text) => {
    expect(parse(text).fault?.code).toBe('request/not-json');
  });
});
