import { type Result, fail, ok } from '@sfs/kernel';
import { ALPHABET, MAX_DIGITS, codeOf } from './digits.ts';
import { type PatternAst, type PatternError, type PatternPosition, type PatternTail, widthOf } from './pattern.ts';
import { scanSet } from './scan-set.ts';

const SEPARATORS = ' -()';
const WILDCARDS: ReadonlyMap<string, number> = new Map([
  ['X', 0b11_1111_1111],
  ['Z', 0b11_1111_1110],
  ['N', 0b11_1111_1100],
]);
const TAILS: ReadonlyMap<string, PatternTail> = new Map([
  ['.', 'one-or-more'],
  ['!', 'zero-or-more'],
]);

/** Longer text is refused unread: nothing sensible is, and the plan is edited by many. */
const MAX_TEXT = 256;

/** Grammar: 0-9 * # and a leading + are themselves; X 0-9, Z 1-9, N 2-9; [13-5] one of the set; at the end `.` one or more, `!` zero or more of anything. */
export function parsePattern(text: string): Result<PatternAst, PatternError> {
  if (text.length > MAX_TEXT) return fault(MAX_TEXT, `The pattern is longer than ${MAX_TEXT} characters.`, 'Shorten it.');
  const positions: PatternPosition[] = [];
  let tail: PatternTail = 'none';
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    if (SEPARATORS.includes(char)) {
      at += 1;
      continue;
    }
    if (tail !== 'none') return fault(at, `Nothing may follow . or !, but position ${at + 1} does.`, 'Put . or ! at the end, or use X for each single digit.');
    const found = TAILS.get(char);
    if (found) {
      tail = found;
      at += 1;
      continue;
    }
    const next = onePosition(text, at, positions.length === 0);
    if (!next.ok) return next;
    positions.push(next.value.position);
    at = next.value.end;
    if (positions.length > MAX_DIGITS) return fault(at - 1, `The pattern has more than ${MAX_DIGITS} positions.`, 'A number has at most 32 digits: shorten the pattern or end it with a dot.');
  }
  if (positions.length === 0 && tail === 'none') return fault(0, 'The pattern is empty.', 'Type the digits it takes, for example 1XXX.');
  return ok({ text: positions.map((position) => position.text).join('') + tailText(tail), positions, tail });
}

function onePosition(text: string, at: number, first: boolean): Result<{ position: PatternPosition; end: number }, PatternError> {
  const char = text.charAt(at);
  if (char === '[') {
    const set = scanSet(text, at);
    return set.ok ? ok({ position: set.value, end: set.value.end }) : set;
  }
  const wildcard = WILDCARDS.get(char.toUpperCase());
  if (wildcard !== undefined) return ok({ position: { text: char.toUpperCase(), mask: wildcard, width: widthOf(wildcard) }, end: at + 1 });
  const code = codeOf(text.charCodeAt(at));
  if (code < 0) return fault(at, strangeCharacter(text, at), 'Use 0-9 * # + X N Z, a set like [3-5], and . or ! at the end.');
  if (ALPHABET.charAt(code) === '+' && !first) return fault(at, `The + at position ${at + 1} is not in front.`, 'Begin the pattern with +, or take it out.');
  return ok({ position: { text: char, mask: 1 << code, width: 1 }, end: at + 1 });
}

function strangeCharacter(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (char === ']') return `The ] at position ${at + 1} closes no set.`;
  if (/\p{Nd}/u.test(char)) return `"${char}" at position ${at + 1} is a digit of another script; only 0-9 count.`;
  return `"${char}" at position ${at + 1} has no meaning in a pattern.`;
}

const tailText = (tail: PatternTail): string => (tail === 'none' ? '' : tail === 'one-or-more' ? '.' : '!');
const fault = (position: number, message: string, remedy: string): { readonly ok: false; readonly error: PatternError } => fail({ position, message, remedy });
