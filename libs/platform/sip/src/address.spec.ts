import { describe, expect, it } from 'vitest';
import { parseNameAddress, parseUri, splitList } from './address.ts';
import { Trust } from './trust.ts';

describe('parseUri', () => {
  it('reads user, place and parameters', () => {
    const uri = parseUri('sip:deposit@127.0.0.1:5070;sfs-tenant=default;sfs-mailbox=1002;SFS-Reason=no-answer?Subject=x');
    expect(uri).toMatchObject({ user: 'deposit', host: '127.0.0.1', port: 5070 });
    expect([...(uri?.params ?? [])]).toEqual([['sfs-tenant', 'default'], ['sfs-mailbox', '1002'], ['sfs-reason', 'no-answer']]);
  });

  it.each([
    ['sip:site-a.example', '', 'site-a.example', undefined],
    ['SIP:1001:secret@h', '1001', 'h', undefined],
    ['sip:a%40b@h:5060', 'a@b', 'h', 5060],
    ['sip:a;x=y@[2001:db8::1]:5062', 'a;x=y', '[2001:db8::1]', 5062],
    ['sip:null-%00-null@h', 'null-%00-null', 'h', undefined],
    ['sip:%zz@h', '%zz', 'h', undefined],
  ])('%s', (text, user, host, port) => {
    expect(parseUri(text)).toMatchObject({ user, host, port });
  });

  it.each(['', 'sip:', 'sip:@h', 'sip:a@', 'sip:a@h:0', 'sip:a@h:70000', 'sip:a@h:x', 'sips:a@h', 'tel:+49', 'sip:a b@h', 'sip:a@h\r\nx', 'sip:a@b@c', 'sip:a@[x]'])('refuses %j', (text) => {
    expect(parseUri(text)).toBeUndefined();
  });
});

describe('parseNameAddress', () => {
  it.each([
    ['"Ann \\"B\\", <x>" <sip:a@h;lr>;tag=1', 'sip:a@h;lr', 'Ann "B", <x>', '1'],
    ['Ann Bell <sip:a@h> ; tag = 1', 'sip:a@h', 'Ann Bell', '1'],
    ['sip:a@h;tag=1', 'sip:a@h', '', '1'],
    ['<sip:a@h>;x="1;tag=2";tag=1', 'sip:a@h', '', '1'],
    ['Jürgen <tel:+49301234>', 'tel:+49301234', 'Jürgen', undefined],
  ])('%s', (text, uri, displayName, tag) => {
    const parsed = parseNameAddress(text);
    expect(parsed).toMatchObject({ uri, displayName });
    expect(parsed?.params.get('tag')).toBe(tag);
  });

  it.each(['"Ann <sip:a@h>', 'Ann <sip:a@h', '<sip:a@h> x', '"a" sip:a@h', 'a b', '"a" b <sip:a@h>', '<sip:a <b>'])('refuses %s', (text) => {
    expect(parseNameAddress(text)).toBeUndefined();
  });
});

it('lists part at commas outside quotes and brackets', () => {
  expect(splitList('"a, b" <sip:x?y=1,2>;z=1, <sip:c> ,sip:d')).toEqual(['"a, b" <sip:x?y=1,2>;z=1', '<sip:c>', 'sip:d']);
});

describe('trust', () => {
  const trust = new Trust(['192.0.2.7:5060', '198.51.100.0/24', '[2001:db8::]/32']);
  it.each([
    ['192.0.2.7', 5060, true],
    ['192.0.2.7', 5061, false],
    ['198.51.100.200', 1, true],
    ['198.51.101.1', 1, false],
    ['2001:db8::9', 1, true],
    ['2001:db9::9', 1, false],
  ])('%s port %i: %s', (address, port, allowed) => {
    expect(trust.allows(address, port)).toBe(allowed);
  });

  it('a connection comes from any port', () => {
    expect(trust.allowsConnection('192.0.2.7')).toBe(true);
    expect(trust.allowsConnection('192.0.2.8')).toBe(false);
  });

  it.each(['', 'kamailio', '192.0.2.7/33', '192.0.2.999', '2001:db8::1'])('refuses to start with %j', (entry) => {
    expect(() => new Trust([entry])).toThrow(expect.objectContaining({ code: 'sip/bad-trusted' }));
  });
});
