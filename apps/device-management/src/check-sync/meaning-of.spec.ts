import { expect, it } from 'vitest';
import { isTaken, meaningOf } from './meaning-of.ts';

it.each([
  [200, 'has taken it'],
  [202, 'has taken it'],
  [403, '`devices` of deploy/kamailio'],
  [404, "number's switch"],
  [407, 'wants a password'],
  [408, 'Nobody answered'],
  [480, 'No phone is registered'],
  [481, 'reached the phone, which does not know'],
  [489, 'reached the phone, which does not know'],
  [486, 'busy'],
  [503, 'Send again in a minute'],
  [606, 'refused it (606)'],
])('%i is said in words, with what to do', (status, words) => {
  expect(meaningOf(status)).toContain(words);
  expect(isTaken(status)).toBe(status < 300);
});
