import { type Result, fail, ok, stripSeparators } from '@sfs/kernel';

/** What a dialled number may consist of; a `+` only in front. The place of a character is its code, 0-12. */
export const ALPHABET = '0123456789*#+';
export const ANY_MASK = (1 << ALPHABET.length) - 1;
/** 32 as in a DN, plus a leading +. Caps what one call can cost. */
export const MAX_DIGITS = 33;

const CODES = new Int8Array(128).fill(-1);
for (let code = 0; code < ALPHABET.length; code += 1) CODES[ALPHABET.charCodeAt(code)] = code;

/** Code of an ASCII character of the alphabet, -1 for every other. */
export const codeOf = (charCode: number): number => (charCode < 128 ? (CODES[charCode] ?? -1) : -1);

/** Dialled text without visual separators; fails with one sentence for what no pattern could ever take. Other scripts' digits are refused, not folded. */
export function normaliseDialled(text: string): Result<string, string> {
  const digits = isPlain(text) ? text : stripSeparators(text);
  if (digits.length === 0) return fail('Nothing was dialled.');
  const plus = digits.startsWith('+') ? 1 : 0;
  if (digits.length - plus > MAX_DIGITS - 1) return fail(`A number has at most ${MAX_DIGITS - 1} digits; ${digits.length - plus} were dialled.`);
  if (digits.length === plus) return fail('A + without digits was dialled.');
  for (let at = plus; at < digits.length; at += 1) {
    const code = codeOf(digits.charCodeAt(at));
    if (code < 0 || code === 12) return fail(`Character ${at + 1} of the number is not one of 0-9 * #${code === 12 ? '; a + stands only in front' : ''}.`);
  }
  return ok(digits);
}

function isPlain(text: string): boolean {
  if (text.length > MAX_DIGITS) return false;
  for (let at = 0; at < text.length; at += 1) if (codeOf(text.charCodeAt(at)) < 0) return false;
  return true;
}
