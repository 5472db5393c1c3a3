import { type Result, fail, ok } from './result.ts';

/** A directory number as a switch knows it: 1-32 of 0-9 * #, with an optional leading +. */
export type Dn = string & { readonly __dn: true };

const DN = /^\+?[0-9*#]{1,32}$/;

/** Only ASCII digits: other scripts' digits are refused, not folded. */
export function parseDn(text: string): Result<Dn, string> {
  return DN.test(text) ? ok(text as Dn) : fail('a number has 1 to 32 of the characters 0-9, * and #, with an optional leading +');
}

/** Takes out what people put between digits for the eye (RFC 3966 visual separators and the space). */
export const stripSeparators = (text: string): string => text.replace(/[ \-().]/g, '');
