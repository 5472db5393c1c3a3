import { describe, expect, it } from 'vitest';
import { parseCsv } from './parse-csv.ts';

const rows = (text: string): unknown => {
  const parsed = parseCsv(text);
  return parsed.ok ? parsed.value.map(({ line, fields }) => [line, ...fields]) : `line ${parsed.error.line}: ${parsed.error.message}`;
};

describe('parseCsv', () => {
  it.each<[string, string, unknown]>([
    ['plain lines', 'a,b\nc,d', [[1, 'a', 'b'], [2, 'c', 'd']]],
    ['a byte order mark, CRLF and a last line end', '\uFEFFa,b\r\nc,d\r\n', [[1, 'a', 'b'], [2, 'c', 'd']]],
    ['quoted commas, quotes and line ends', '"a,1","b ""x""","c\nd"\ne,f,g', [[1, 'a,1', 'b "x"', 'c\nd'], [3, 'e', 'f', 'g']]],
    ['empty fields', ',a,\n', [[1, '', 'a', '']]],
    ['blank lines and lines of commas', 'a\n\n,,\r\nb', [[1, 'a'], [4, 'b']]],
    ['blanks around fields', ' a , "b" \n', 'line 1: a quote inside a field that does not begin with one'],
    ['nothing', '', []],
    ['an open quote', 'a\n"b,c\nd', 'line 2: a quote that is never closed'],
    ['text after a quote', '"a"b', 'line 1: text after a closing quote'],
    ['a lone carriage return', 'a\rb', [[1, 'a\rb']]],
  ])('reads %s', (_name, text, expected) => {
    expect(rows(text)).toEqual(expected);
  });

  it('takes a megabyte of quotes in good time', () => {
    expect(parseCsv('"'.repeat(1_048_576)).ok).toBe(true);
    expect(parseCsv(`"${'""'.repeat(400_000)}`).ok).toBe(false);
    expect(parseCsv(',\n'.repeat(500_000)).ok).toBe(true);
  });
});
