import { type Result, fail, ok } from '@sfs/kernel';
import { codeOf } from './digits.ts';
import { type PatternError, type PatternPosition, widthOf } from './pattern.ts';

/** Reads `[…]` that opens at `open`: digits, * and #, ranges of digits. `end` is the place behind the bracket. */
export function scanSet(text: string, open: number): Result<PatternPosition & { readonly end: number }, PatternError> {
  const close = text.indexOf(']', open);
  const nested = text.indexOf('[', open + 1);
  if (close < 0 || (nested >= 0 && nested < close)) return fail(notClosed(text, open));
  if (close === open + 1) return fault(open, `The set at position ${open + 1} is empty.`, 'Name at least one digit, for example [35].');
  let mask = 0;
  for (let at = open + 1; at < close; at += 1) {
    const code = codeOf(text.charCodeAt(at));
    if (text.charAt(at) === '-') return fault(at, `The range at position ${at + 1} has no first digit.`, 'Write both ends, for example [3-5].');
    if (code < 0 || code === 12) return fault(at, `"${text.charAt(at)}" at position ${at + 1} cannot be in a set.`, 'A set takes 0-9, * and #, for example [3-5*].');
    if (text.charAt(at + 1) !== '-') {
      mask |= 1 << code;
      continue;
    }
    const last = codeOf(text.charCodeAt(at + 2));
    if (code > 9 || last < 0 || last > 9 || at + 2 >= close) return fault(at + 1, `The range at position ${at + 2} has no last digit.`, 'Write both ends as digits, for example [3-5].');
    if (last < code) return fault(at, `The range ${code}-${last} at position ${at + 1} runs backwards.`, `Write [${last}-${code}].`);
    for (let digit = code; digit <= last; digit += 1) mask |= 1 << digit;
    at += 2;
  }
  return ok({ text: text.slice(open, close + 1), mask, width: widthOf(mask), end: close + 1 });
}

function notClosed(text: string, open: number): PatternError {
  const before = text.slice(0, open).replace(/[^0-9*#+XNZ]/gi, '');
  const inside = /^[0-9]/.exec(text.slice(open + 1))?.[0] ?? '3';
  const last = Number(inside) + 2;
  return {
    position: open,
    message: `The set opened at position ${open + 1} is not closed.`,
    remedy: `Add the last digit and ], for example ${before}[${last > 9 ? inside : `${inside}-${last}`}].`,
  };
}

const fault = (position: number, message: string, remedy: string): { readonly ok: false; readonly error: PatternError } => fail({ position, message, remedy });
