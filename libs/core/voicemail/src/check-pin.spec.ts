import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPin } from './check-pin.ts';

const OWNER = { mailbox: '1002', extensions: ['+493012345', '7'] };

it.each(['482913', '908172', '4829137465019283'])('accepts %s', (pin) => {
  expect(checkPin(pin, OWNER)).toEqual({ ok: true, value: pin });
});

describe('refuses', () => {
  it.each([
    ['nothing', '', 'pins/too-short'],
    ['five digits', '48291', 'pins/too-short'],
    ['17 digits', '48291374650192837', 'pins/too-long'],
    ['ten thousand digits', '48'.repeat(5000), 'pins/too-long'],
    ['letters', '48291a', 'pins/not-digits'],
    ['a star', '48291*', 'pins/not-digits'],
    ['digits of another script', '٤٨٢٩١٣', 'pins/not-digits'],
    ['one digit over and over', '111111', 'pins/too-easy'],
    ['two digits over and over', '121212', 'pins/too-easy'],
    ['three digits over and over', '482482', 'pins/too-easy'],
    ['a run upwards', '123456', 'pins/too-easy'],
    ['a run downwards', '654321', 'pins/too-easy'],
    ['a run over zero', '789012', 'pins/too-easy'],
    ['two years', '19841987', 'pins/too-easy'],
    ['three years', '198419872012', 'pins/too-easy'],
    ['the mailbox with zeros', '100200', 'pins/too-easy'],
    ['the mailbox inside', '481002', 'pins/too-easy'],
    ['the end of an own number', '012345', 'pins/too-easy'],
    ['a short own number over and over', '777777', 'pins/too-easy'],
  ])('%s', (_, pin, code) => {
    expect(checkPin(pin, OWNER)).toMatchObject({ ok: false, error: { code } });
  });

  it('a year when four digits are allowed by policy', () => {
    expect(checkPin('1984', { mailbox: '1002', minLength: 4 })).toMatchObject({ ok: false, error: { code: 'pins/too-easy' } });
    expect(checkPin('4829', { mailbox: '1002', minLength: 4 }).ok).toBe(true);
  });

  it('the mailbox number itself when that is long enough', () => {
    expect(checkPin('482913', { mailbox: '482913' }).ok).toBe(false);
  });

  it('one of the last ones', () => {
    expect(checkPin('482913', { ...OWNER, usedBefore: true })).toMatchObject({ ok: false, error: { reason: 'used-before', code: 'pins/used-before' } });
  });

  it('with a message and a remedy that never show the PIN', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9*]{4,18}$/), (pin) => {
        const result = checkPin(pin, OWNER);
        if (result.ok) return;
        expect(result.error.message).not.toBe('');
        expect(result.error.remedy).not.toBe('');
        const isExample = result.error.remedy.includes('123456');
        if (!isExample) expect(result.error.message + result.error.remedy).not.toContain(pin);
      }),
    );
  });
});

it('leaves most random PINs alone', () => {
  const pins = fc.sample(fc.stringMatching(/^[0-9]{6}$/), { numRuns: 1000, seed: 4 });
  expect(pins.filter((pin) => checkPin(pin, OWNER).ok).length).toBeGreaterThan(950);
});
