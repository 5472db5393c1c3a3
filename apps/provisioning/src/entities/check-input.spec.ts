import { describe, expect, it } from 'vitest';
import { DomainError } from '@sfs/kernel';
import { checkDisplayName, checkEmail, checkKey, checkNumber, checkPage, checkSipDomain, checkTag } from './check-input.ts';

const fieldOf = (check: () => unknown): unknown => {
  try {
    check();
    return 'accepted';
  } catch (error) {
    return error instanceof DomainError && error.kind === 'invalid' && error.details.remedy !== undefined ? error.details.field : error;
  }
};

describe('hostile input', () => {
  it.each([
    ['10,000 digits', '1'.repeat(10_000)],
    ['Arabic digits', '١٠٠١'],
    ['full-width digits', '１００１'],
    ['a line end', '1001\n'],
    ['a NUL', '10\u000001'],
    ['letters', 'abc'],
    ['nothing', ''],
    ['a plus inside', '10+01'],
    ['SQL', "1' OR '1"],
  ])('refuses a number of %s', (_name, number) => {
    expect(fieldOf(() => checkNumber(number))).toBe('number');
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['129 characters', 'x'.repeat(129)],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['a NUL', 'a\u0000b'],
    ['broken UTF-8', 'a\uFFFDb'],
    ['half a surrogate pair', 'a\uD800b'],
    ['an escape sequence', 'a\u001b[31m'],
    ['a line separator', 'a\u2028b'],
  ])('refuses a name of %s', (_name, text) => {
    expect(fieldOf(() => checkDisplayName(text))).toBe('displayName');
  });

  it.each(['Zoë', '山田 太郎', 'O’Neill', '👩‍🚀 Lift', 'x'.repeat(128)])('takes the name %s', (text) => {
    expect(checkDisplayName(` ${text} `)).toBe(text);
  });

  it.each(['a', '@x', 'a@', 'a b@c.d', 'a@b@c', 'a@b..c', `${'a'.repeat(250)}@b.c`, 'a@b.c\r\nBcc: x@y.z'])('refuses the e-mail address %j', (text) => {
    expect(fieldOf(() => checkEmail(text))).toBe('email');
  });

  it.each(['', 'ann@example.com', 'a.b+c@site-a'])('takes the e-mail address %j', (text) => {
    expect(checkEmail(text)).toBe(text);
  });

  it.each(['', '-a', 'a..b', 'a/b', 'ä.example', `${'a'.repeat(300)}`, 'a;transport=tcp', '<sip:x>'])('refuses the SIP domain %j', (text) => {
    expect(fieldOf(() => checkSipDomain(text))).toBe('sipDomain');
  });

  it.each([-1, 201, 1.5, Number.NaN])('refuses a page of %d', (pageSize) => {
    expect(fieldOf(() => checkPage({ pageSize, pageToken: '' }))).toBe('pageSize');
  });

  it('refuses tags and keys that no answer of ours can be', () => {
    expect(fieldOf(() => checkTag('*'))).toBe('expectedTag');
    expect(fieldOf(() => checkKey('ä'))).toBe('idempotencyKey');
    expect(fieldOf(() => checkKey('x'.repeat(201)))).toBe('idempotencyKey');
  });
});
