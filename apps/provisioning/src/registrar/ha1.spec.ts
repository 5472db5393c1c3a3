import { expect, it } from 'vitest';
import { ha1Of } from './ha1.ts';

it('is the HA1 of RFC 2617 (example of 3.5)', () => {
  expect(ha1Of('Mufasa', 'testrealm@host.com', 'Circle Of Life')).toBe('939e7578ed9e3c518a452acee763bce9');
});
