import { describe, expect, it } from 'vitest';
import { EdgeError } from './edge-error.ts';
import { DEEPEST, parseJsonBody } from './json-body.ts';

function refusal(text: string | Buffer): EdgeError {
  try {
    parseJsonBody(Buffer.from(text));
  } catch (error) {
    if (error instanceof EdgeError) return error;
  }
  throw new Error('was not refused');
}

describe('parseJsonBody', () => {
  it('gives what the JSON says', () => {
    expect(parseJsonBody(Buffer.from('{"a":["]}",{"b":"\\"["}]}'))).toEqual({ a: [']}', { b: '"[' }] });
  });

  it.each([['{'], ['{"a":1}{'], ['not json'], ['{"a":NaN}'], ["{'a':1}"]])('refuses %s as malformed without repeating it', (text) => {
    const error = refusal(text);
    expect(error).toMatchObject({ status: 400, code: 'request/malformed-json' });
    expect(error.message).not.toContain(text);
  });

  it('refuses an empty body', () => {
    expect(refusal('  ')).toMatchObject({ code: 'request/malformed-json', message: 'The body is empty' });
  });

  it('refuses what is nested too deeply before it parses it', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJsonBody(Buffer.from(nested(DEEPEST)))).toBeInstanceOf(Array);
    expect(refusal(nested(DEEPEST + 1)).code).toBe('request/too-deep');
    expect(refusal('['.repeat(60_000)).code).toBe('request/too-deep');
  });

  it.each([['__proto__'], ['constructor'], ['prototype']])('refuses the key %s anywhere', (key) => {
    expect(refusal(`{"a":[{"${key}":{}}]}`)).toMatchObject({ status: 400, code: 'request/forbidden-key', rest: { field: `a.0.${key}` } });
  });

  it('refuses broken UTF-8, overlong forms and lone surrogates', () => {
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      expect(refusal(Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')])).code).toBe('request/utf-8');
    }
  });
});
