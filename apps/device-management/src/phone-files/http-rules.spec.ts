import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBasic } from './basic-credential.ts';
import { readRange } from './byte-range.ts';
import { clientAddress, networkOf } from './client-address.ts';
import { isUnchanged } from './conditional.ts';
import { answerFile, etagOf } from './reply.ts';
import { busy, unavailable } from './replies.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('a Basic credential', () => {
  it('is user and password, divided at the first colon', () => {
    expect(readBasic(basic('805ec0d57d72:AB:C'))).toEqual({ userName: '805ec0d57d72', password: 'AB:C' });
    expect(readBasic(`bAsIc   ${Buffer.from(':').toString('base64')} `)).toEqual({ userName: '', password: '' });
  });

  it.each(['', 'Basic', 'Basic ', 'Digest username="x"', 'Bearer abc', basic('no colon'), basic('a\0:b'), basic('a:b\r\nx'), 'Basic a:b', 'Basic YTpi,Basic YTpi', `Basic ${'A'.repeat(600)}`])('%j is none', (header) => {
    expect(readBasic(header)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => void readBasic(`Basic ${text}`)));
  });
});

const FILE = { etag: '"abc"', lastModified: 'Wed, 25 Nov 2026 09:00:00 GMT' };
const AFTER = 'Wed, 25 Nov 2026 09:00:01 GMT';
const BEFORE = 'Wed, 25 Nov 2026 08:59:59 GMT';

describe('a conditional request (RFC 9110 13)', () => {
  it.each([
    ['"abc"', true], ['W/"abc"', true], ['*', true], ['"x", "abc"', true], ['"x",W/"abc" , "y"', true], ['"a,b", "abc"', true],
    ['"ABC"', false], ['abc', false], ['"x"', false], ['', false], ['"', false], ['"abc', false], ['"x, "abc', false],
  ])('If-None-Match %s: %s', (ifNoneMatch, unchanged) => {
    expect(isUnchanged({ ifNoneMatch, ifModifiedSince: undefined }, FILE)).toBe(unchanged);
  });

  it.each([
    [FILE.lastModified, true], [AFTER, true], [BEFORE, false],
    ['Wednesday, 25-Nov-26 09:00:00 GMT', true], ['Wed Nov 25 09:00:00 2026', true], ['Wed Nov 25 08:00:00 2026', false],
    ['2026-11-25T10:00:00Z', false], ['yesterday', false], ['', false], ['0', false],
  ])('If-Modified-Since %s: %s', (ifModifiedSince, unchanged) => {
    expect(isUnchanged({ ifNoneMatch: undefined, ifModifiedSince }, FILE)).toBe(unchanged);
  });

  it('the tag decides alone when both are there', () => {
    expect(isUnchanged({ ifNoneMatch: '"x"', ifModifiedSince: AFTER }, FILE)).toBe(false);
    expect(isUnchanged({ ifNoneMatch: '"abc"', ifModifiedSince: BEFORE }, FILE)).toBe(true);
  });

  it('a date says nothing about a file without one', () => {
    expect(isUnchanged({ ifNoneMatch: undefined, ifModifiedSince: AFTER }, { ...FILE, lastModified: '' })).toBe(false);
  });
});

describe('a range (RFC 9110 14)', () => {
  const of = (range: string, ifRange?: string) => readRange({ range, ifRange }, 100, FILE);

  it.each([
    ['bytes=0-0', { first: 0, last: 0 }], ['bytes=10-19', { first: 10, last: 19 }], ['bytes=90-', { first: 90, last: 99 }], ['bytes=90-1000', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }], ['bytes=-1000', { first: 0, last: 99 }], ['BYTES=1-2', { first: 1, last: 2 }],
    ['bytes=100-', 'unsatisfiable'], ['bytes=100-200', 'unsatisfiable'], ['bytes=-0', 'unsatisfiable'], ['bytes=99999999999999999999-', 'unsatisfiable'],
    ['bytes=5-4', undefined], ['bytes=0-1,3-4', undefined], ['lines=0-1', undefined], ['bytes=a-b', undefined], ['bytes=', undefined], ['bytes=-', undefined], ['', undefined], ['bytes=0x0-1', undefined],
  ])('%s', (range, read) => {
    expect(of(range)).toEqual(read);
  });

  it('of another version is the whole file', () => {
    expect(of('bytes=0-1', '"abc"')).toEqual({ first: 0, last: 1 });
    expect(of('bytes=0-1', FILE.lastModified)).toEqual({ first: 0, last: 1 });
    for (const other of ['"x"', 'W/"abc"', AFTER]) expect(of('bytes=0-1', other)).toBeUndefined();
  });

  it('never reaches outside the file', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.option(fc.nat(300), { nil: undefined }), fc.nat(100), (first, last, size) => {
        const range = readRange({ range: `bytes=${first}-${last ?? ''}`, ifRange: undefined }, size, FILE);
        if (typeof range !== 'object') return;
        expect(range.first).toBeLessThanOrEqual(range.last);
        expect(range.last).toBeLessThan(size);
      }),
    );
  });
});

describe('the answer of a file', () => {
  const body = Buffer.from('0123456789');
  const file = { body, contentType: 'text/plain', etag: etagOf(body), lastModified: '' };
  const none = { ifNoneMatch: undefined, ifModifiedSince: undefined, range: undefined, ifRange: undefined };

  it('has the same headers for GET and HEAD', () => {
    const [get, head] = [answerFile(file, 'GET', none), answerFile(file, 'HEAD', none)];
    expect(head.headers).toEqual(get.headers);
    expect([get.body, head.body]).toEqual([body, undefined]);
  });

  it('is a part, 416 with the size, or 304 before any range', () => {
    expect(answerFile(file, 'GET', { ...none, range: 'bytes=2-3' })).toMatchObject({ status: 206, body: Buffer.from('23') });
    expect(answerFile(file, 'GET', { ...none, range: 'bytes=10-' }).headers).toEqual(expect.arrayContaining(['bytes */10']));
    expect(answerFile(file, 'GET', { ...none, range: 'bytes=10-', ifNoneMatch: file.etag }).status).toBe(304);
    expect(answerFile(file, 'HEAD', { ...none, range: 'bytes=2-3' }).status).toBe(200);
  });

  it('names equal bytes alike', () => {
    expect(etagOf(Buffer.from('0123456789'))).toBe(file.etag);
    expect(etagOf(Buffer.from('0123456780'))).not.toBe(file.etag);
  });
});

describe('an address', () => {
  it.each([
    ['127.0.0.1', '9.9.9.9', 0, '127.0.0.1'],
    ['10.0.0.1', '6.6.6.6, 192.0.2.7', 1, '192.0.2.7'],
    ['10.0.0.1', '6.6.6.6, 192.0.2.7, 10.0.0.2', 2, '192.0.2.7'],
    ['10.0.0.1', '192.0.2.7', 2, '192.0.2.7'],
    ['10.0.0.1', undefined, 1, '10.0.0.1'],
    ['10.0.0.1', 'unknown', 1, '10.0.0.1'],
    ['10.0.0.1', '', 1, '10.0.0.1'],
    ['::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
    ['10.0.0.1', '[2001:DB8::1]:443', 1, '2001:db8::1'],
    ['10.0.0.1', '192.0.2.7:5000', 1, '192.0.2.7'],
  ])('of %s forwarded for %s through %i proxies is %s', (peer, forwarded, proxies, address) => {
    expect(clientAddress(peer, forwarded, proxies)).toBe(address);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('later', () => {
  const retryAfter = (reply: { headers: readonly string[] }): number => Number(reply.headers[reply.headers.indexOf('retry-after') + 1]);

  it('is spread', () => {
    expect([0, 0.5, 0.999].map((random) => retryAfter(busy(() => random)))).toEqual([1, 6, 10]);
    expect([0, 0.999].map((random) => retryAfter(unavailable(() => random)))).toEqual([20, 60]);
  });
});
