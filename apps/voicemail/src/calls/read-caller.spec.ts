import { parseNameAddress, parseUri } from '@sfs/sip';
import { expect, it } from 'vitest';
import { readCaller, type Caller } from './read-caller.ts';

function callerOf(from: string, headers: Record<string, string> = {}): Caller {
  const named = parseNameAddress(from);
  const address = named && parseUri(named.uri, named.displayName);
  if (!address) throw new Error(`no address: ${from}`);
  return readCaller({ from: address, source: '127.0.0.1:5060', header: (name) => headers[name] });
}

it('is who the server asserts, else From', () => {
  expect(callerOf('"Mallory" <sip:666@x>', { 'P-Asserted-Identity': '"Ann Bell" <sip:1001@site-a.example>' })).toEqual({ number: '1001', name: 'Ann Bell', origin: '1001' });
  expect(callerOf('"Ann Bell" <sip:1001@site-a.example>')).toEqual({ number: '1001', name: 'Ann Bell', origin: '1001' });
});

it('is the first of two asserted identities', () => {
  expect(callerOf('<sip:x@y>', { 'P-Asserted-Identity': '<sip:+4930123@carrier>, <tel:+4930123>' }).number).toBe('+4930123');
});

it('is withheld when the caller wants privacy, but attempts are counted against the number', () => {
  const asserted = { 'P-Asserted-Identity': '"Ann" <sip:1001@site-a.example>' };
  expect(callerOf('"Anonymous" <sip:anonymous@anonymous.invalid>', asserted)).toEqual({ number: '', name: '', origin: '1001' });
  expect(callerOf('<sip:1001@site-a.example>', { ...asserted, Privacy: 'user; id' })).toEqual({ number: '', name: '', origin: '1001' });
});

it('without a number is counted by where the call comes from', () => {
  expect(callerOf('<sip:site-b.example>')).toEqual({ number: '', name: '', origin: '127.0.0.1:5060' });
  expect(callerOf('"Bob" <sip:bob@site-b.example>')).toEqual({ number: '', name: 'Bob', origin: 'bob' });
});

it('has a name without control characters and of a sane length', () => {
  expect(callerOf('<sip:1@x>', { 'P-Asserted-Identity': `"A\tB${'x'.repeat(500)}" <sip:1@x>` }).name).toBe(`AB${'x'.repeat(78)}`);
});
