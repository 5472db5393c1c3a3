import { describe, expect, it } from 'vitest';
import { branchOf, formatMessage, headerOf, headersOf, parseMessage, routesOf, tagOf, uriOf } from './sip-message.ts';

const ringing = [
  'SIP/2.0 180 Ringing',
  'v: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bKabc;rport',
  'Record-Route: <sip:127.0.0.1;lr;k=1>, <sip:10.0.0.1;lr>',
  'Record-Route: <sip:10.0.0.2;lr>',
  'f: "A, B" <sip:1001@site-a>;tag=one',
  't: <sip:1002@site-a>;tag=two',
  'Subject: folded',
  '  over two lines',
  '',
  'body',
].join('\r\n');

describe('a SIP message', () => {
  const message = parseMessage(ringing);
  if (!message) throw new Error('not read');

  it('is read with compact names, lists and folded lines', () => {
    expect(message).toMatchObject({ kind: 'response', status: 180, reason: 'Ringing', body: 'body' });
    expect(branchOf(message)).toBe('z9hG4bKabc');
    expect([tagOf(message, 'from'), tagOf(message, 'to')]).toEqual(['one', 'two']);
    expect(headerOf(message, 'subject')).toBe('folded over two lines');
    expect(headersOf(message, 'record-route')).toHaveLength(2);
    expect(routesOf(message)).toEqual(['<sip:127.0.0.1;lr;k=1>', '<sip:10.0.0.1;lr>', '<sip:10.0.0.2;lr>']);
  });

  it('is written with the length of its body in bytes', () => {
    const text = formatMessage({ kind: 'request', method: 'MESSAGE', uri: 'sip:1002@site-a', headers: [['Content-Length', '99']], body: 'ü' });
    expect(text).toBe('MESSAGE sip:1002@site-a SIP/2.0\r\nContent-Length: 2\r\n\r\nü');
  });

  it.each(['', 'INVITE sip:x SIP/2.0', 'GET / HTTP/1.1\r\n\r\n', 'SIP/2.0 abc\r\n\r\n'])('is not made of %j', (text) => {
    expect(parseMessage(text)).toBeUndefined();
  });

  it.each([
    ['"A" <sip:1@x;lr>;q=1', 'sip:1@x;lr'],
    ['sip:1@x;q=1', 'sip:1@x'],
  ])('has the URI of %s', (value, uri) => {
    expect(uriOf(value)).toBe(uri);
  });
});
