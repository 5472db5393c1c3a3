import { type Result, fail, ok } from '@sfs/kernel';

export const PIN_LENGTH = { min: 6, max: 16 } as const;

export interface PinOwner {
  readonly mailbox: string;
  /** numbers of the mailbox's owner */
  readonly extensions?: readonly string[];
  /** whether it is one of the last PINs: only the shell can compare hashes */
  readonly usedBefore?: boolean;
  /** 4 by explicit policy only */
  readonly minLength?: number;
}

/** `reason` is what the telephone says; code, message and remedy are for forms. */
export interface PinIssue {
  readonly reason: 'too-short' | 'too-easy' | 'used-before';
  readonly code: 'pins/too-short' | 'pins/too-long' | 'pins/not-digits' | 'pins/too-easy' | 'pins/used-before';
  readonly message: string;
  readonly remedy: string;
}

/** Whether this may become the PIN of that mailbox; the first fault otherwise. */
export function checkPin(pin: string, owner: PinOwner): Result<string, PinIssue> {
  const min = owner.minLength ?? PIN_LENGTH.min;
  const lengths = `Choose ${min} to ${PIN_LENGTH.max} digits.`;
  if (!/^[0-9]*$/.test(pin)) return fail({ reason: 'too-easy', code: 'pins/not-digits', message: 'A PIN has digits only.', remedy: lengths });
  if (pin.length < min) return fail({ reason: 'too-short', code: 'pins/too-short', message: `The PIN has fewer than ${min} digits.`, remedy: lengths });
  if (pin.length > PIN_LENGTH.max) return fail({ reason: 'too-easy', code: 'pins/too-long', message: `The PIN has more than ${PIN_LENGTH.max} digits.`, remedy: lengths });
  const easy = easyToGuess(pin, [owner.mailbox, ...(owner.extensions ?? [])]);
  if (easy) return fail({ reason: 'too-easy', code: 'pins/too-easy', ...easy });
  if (owner.usedBefore === true) {
    return fail({ reason: 'used-before', code: 'pins/used-before', message: 'The PIN was used before.', remedy: 'Choose one that was not among the last ones.' });
  }
  return ok(pin);
}

function easyToGuess(pin: string, ownNumbers: readonly string[]): { message: string; remedy: string } | undefined {
  // One to three digits over and over: 111111, 121212, 123123.
  if (/^(.{1,3}?)\1+$/.test(pin)) return { message: 'The PIN repeats the same digits.', remedy: 'Choose digits without a pattern.' };
  if (isRun(pin)) return { message: 'The PIN is a run of digits.', remedy: 'Choose digits that do not follow each other, as in 123456 or 654321.' };
  if (/^((19|20)[0-9]{2}){1,4}$/.test(pin)) return { message: 'The PIN is made of years.', remedy: 'Choose digits that are no year: years are tried first.' };
  if (ownNumbers.some((number) => holds(pin, number))) {
    return { message: 'The PIN contains the number of the mailbox or of its owner.', remedy: 'Choose digits that have nothing to do with your number.' };
  }
  return undefined;
}

const isRun = (pin: string): boolean => [1, 9].some((step) => [...pin].every((digit, at) => at === 0 || (Number(pin[at - 1]) + step) % 10 === Number(digit)));

/** Short numbers are in most PINs by chance: those count only alone or repeated. */
function holds(pin: string, number: string): boolean {
  const digits = number.replace(/[^0-9]/g, '');
  if (digits === '') return false;
  return digits.length >= 4 ? pin.includes(digits) || digits.endsWith(pin) : pin.split(digits).every((rest) => rest === '');
}
