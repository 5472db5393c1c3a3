import { expect, it } from 'vitest';
import { digestAnswer, ha1 } from './digest.ts';

const input = { method: 'DELETE', uri: '/x', user: 'bob', password: 'zanzibar' };

it('knows the HA1 that a registrar stores', () => {
  expect(ha1('bob', 'biloxi.com', 'zanzibar')).toBe('12af60467a33e8518da5c68bbff12b11');
});

it('answers without qop as RFC 2069 says', () => {
  const answer = digestAnswer({ ...input, method: 'INVITE', uri: 'sip:bob@biloxi.com', challenge: 'Digest realm="biloxi.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"' });
  expect(answer).toContain('response="bf57e4e0d0bffc0fbaedce64d59add5e"');
});

it('counts and names a nonce of its own when qop is asked', () => {
  const answer = digestAnswer({ ...input, challenge: 'Digest realm="r", nonce="n", qop="auth"' });
  expect(answer).toMatch(/qop=auth, nc=00000001, cnonce="[0-9a-f]{16}", response="[0-9a-f]{32}"/);
});
