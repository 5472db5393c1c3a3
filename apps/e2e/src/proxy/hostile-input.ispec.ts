import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DOMAIN, ProxyUnderTest } from './proxy-under-test.ts';
import { RawLine } from './raw-line.ts';

type Make = (line: RawLine) => string | Uint8Array;
const SILENCE: number[] = [];

describe('hostile input at the SIP port', () => {
  let proxy: ProxyUnderTest;
  let line: RawLine;

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start();
  });
  afterEach(() => line.end());
  afterAll(() => proxy.stop());

  const overUdp: [what: string, answers: number[], make: Make][] = [
    ['an empty line, as a keep-alive', SILENCE, () => '\r\n\r\n'],
    ['zero bytes', SILENCE, () => new Uint8Array(500)],
    ['noise', SILENCE, () => Uint8Array.from({ length: 1200 }, (_, index) => (index * 197 + 13) % 256)],
    ['HTTP', SILENCE, () => 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a start line alone', SILENCE, () => `INVITE sip:1002@${DOMAIN} SIP/2.0\r\n`],
    ['a status line nobody waits for', SILENCE, (each) => each.request('INVITE', { Start: 'SIP/2.0 200 OK' })],
    ['a message torn in a header', SILENCE, (each) => each.request('INVITE').slice(0, 120)],
    ['SIP/3.0', SILENCE, (each) => each.request('INVITE', { Start: `INVITE sip:1002@${DOMAIN} SIP/3.0` })],
    ['no Via', SILENCE, (each) => each.request('INVITE', { Via: '' })],
    ['a Via that is no Via', SILENCE, (each) => each.request('INVITE', { Via: 'x' })],
    ['no Call-ID', SILENCE, (each) => each.request('INVITE', { 'Call-ID': '' })],
    ['no CSeq', SILENCE, (each) => each.request('INVITE', { CSeq: '' })],
    ['no From', SILENCE, (each) => each.request('INVITE', { From: '' })],
    ['no To', SILENCE, (each) => each.request('INVITE', { To: '' })],
    ['a CSeq of another method', [400], (each) => each.request('INVITE', { CSeq: '1 REGISTER' })],
    ['a CSeq above 2^31', [400], (each) => each.request('INVITE', { CSeq: '99999999999 INVITE' })],
    ['a negative Content-Length', SILENCE, (each) => each.request('INVITE', { 'Content-Length': '-1' })],
    ['a Content-Length beyond the datagram', [400], (each) => each.request('INVITE', { 'Content-Length': '5000' }, 'v=0')],
    ['a Content-Length of 30 digits', SILENCE, (each) => each.request('INVITE', { 'Content-Length': '9'.repeat(30) })],
    ['an extension we do not have', [420], (each) => each.request('INVITE', { 'Proxy-Require': 'time-travel' })],
    ['a URI scheme of its own', [400], (each) => each.request('INVITE', { Start: 'INVITE foo:1002 SIP/2.0' })],
    ['a URI without a host', [400], (each) => each.request('INVITE', { Start: 'INVITE sip: SIP/2.0' })],
    ['a Max-Forwards of 10,000 digits', [483], (each) => each.request('INVITE', { 'Max-Forwards': '9'.repeat(10_000) })],
    ['a number of 10,000 digits', [407], (each) => each.request('INVITE', { Start: `INVITE sip:${'1'.repeat(10_000)}@${DOMAIN} SIP/2.0` })],
    ['broken UTF-8 in the number', [407], (each) => each.request('INVITE', { Start: `INVITE sip:\xc3\x28\xff@${DOMAIN} SIP/2.0` })],
    ['broken UTF-8 in From', [407], (each) => each.request('INVITE', { From: `"\xc3\x28\xff" <sip:1001@${DOMAIN}>;tag=raw` })],
    ['a From that never closes its quote', [400], (each) => each.request('INVITE', { From: `"1001 <sip:1001@${DOMAIN}>;tag=raw` })],
    ['500 headers', [407], (each) => each.request('INVITE', Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`X-${index}`, 'x'])))],
    ['one header of 14 kB', [407], (each) => each.request('INVITE', { 'X-Long': 'x'.repeat(14_000) })],
    ['60 kB', [513], (each) => each.request('INVITE', {}, 'x'.repeat(60_000))],
    ['credentials that are none', [407], (each) => each.request('INVITE', { 'Proxy-Authorization': 'Basic eHh4' })],
    ['a digest without its fields', [407], (each) => each.request('INVITE', { 'Proxy-Authorization': 'Digest username="1001"' })],
    ['a digest with a quote left open', [407], (each) => each.request('INVITE', { 'Proxy-Authorization': `Digest username="1001, realm="${DOMAIN}", nonce="x", uri="x", response="x"` })],
    ['a REGISTER whose Contact is no URI', [401], (each) => each.request('REGISTER', { Contact: '<<<>>>' })],
    ['a CANCEL for no call', SILENCE, (each) => each.request('CANCEL')],
    ['an ACK for no call', SILENCE, (each) => each.request('ACK')],
    ['a BYE for no call', [403], (each) => each.request('BYE', { To: `<sip:1002@${DOMAIN}>;tag=none` })],
    ['a Route to elsewhere inside no call', [403], (each) => each.request('BYE', { To: `<sip:1002@${DOMAIN}>;tag=none`, Route: '<sip:203.0.113.9;lr;k=1>' })],
    ['a Route that is no route', [403], (each) => each.request('BYE', { To: `<sip:1002@${DOMAIN}>;tag=none`, Route: '<<' })],
  ];

  it.each(overUdp)('UDP: %s: %j', async (_what, answers, make) => {
    line = await RawLine.udp(proxy.values.sipPort);
    line.send(make(line));
    expect(await line.others(answers.length)).toEqual(answers);
  });

  it('TCP: a message that comes byte by byte is one message', async () => {
    line = await RawLine.tcp(proxy.values.sipPort);
    for (const byte of line.request('INVITE')) line.send(byte);
    expect(await line.others(1)).toEqual([407]);
  });

  it('TCP: two messages in one segment are two', async () => {
    line = await RawLine.tcp(proxy.values.sipPort);
    line.send(line.request('SUBSCRIBE') + line.request('NOTIFY'));
    expect((await line.others(2)).sort()).toEqual([403, 489]);
  });

  it.each([
    ['noise', (): string => 'x'.repeat(2000)],
    ['a negative Content-Length', (each: RawLine): string => each.request('INVITE', { 'Content-Length': '-5' })],
    ['a message that never ends its headers', (): string => `INVITE sip:1002@${DOMAIN} SIP/2.0\r\n${'X-A: x\r\n'.repeat(40_000)}`],
  ])('TCP: %s does not hurt the connections of others', async (_what, make) => {
    const bad = await RawLine.tcp(proxy.values.sipPort);
    bad.send(make(bad));
    line = await RawLine.tcp(proxy.values.sipPort);
    expect(await line.others()).toEqual(SILENCE);
    bad.end();
  });

  it('TCP: a connection dropped in the middle of a message leaves nothing', async () => {
    for (let round = 0; round < 20; round += 1) {
      const torn = await RawLine.tcp(proxy.values.sipPort);
      torn.send(torn.request('INVITE', {}, 'v=0').slice(0, -2));
      torn.end();
    }
    line = await RawLine.tcp(proxy.values.sipPort);
    expect(await line.others()).toEqual(SILENCE);
    await proxy.untilNothingIsLeft();
  });
});
