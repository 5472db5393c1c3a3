import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mwiBody } from './mwi-body.ts';

it('lights the lamp for new messages', () => {
  expect(mwiBody({ new: 2, old: 1 }, 'sip:1002@site-a')).toBe('Messages-Waiting: yes\r\nMessage-Account: sip:1002@site-a\r\nVoice-Message: 2/1 (0/0)\r\n');
});

it('leaves it dark for old ones', () => {
  expect(mwiBody({ new: 0, old: 7 }, 'sip:1002@site-a')).toContain('Messages-Waiting: no\r\n');
});

it('is three lines with whole numbers, whatever comes', () => {
  const count = fc.oneof(fc.integer(), fc.double());
  fc.assert(
    fc.property(count, count, fc.string(), (fresh, old, account) => {
      const body = mwiBody({ new: fresh, old }, account);
      expect(body).toMatch(/^Messages-Waiting: (yes|no)\r\nMessage-Account: [\x21-\x7e]*\r\nVoice-Message: \d{1,10}\/\d{1,10} \(0\/0\)\r\n$/);
      expect(body.includes('yes')).toBe(/Voice-Message: [1-9]/.test(body) || account.includes('yes'));
    }),
  );
});
