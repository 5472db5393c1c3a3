import { describe, expect, it } from 'vitest';
import { tagged, targetOf } from './dialog.ts';
import type { DialogState } from './endpoint.ts';
import { parseMessage, type Request } from './message.ts';
import { sessionInterval, watchMs } from './session-interval.ts';

const dialog: DialogState = { callId: 'c', localTag: 'l', remoteTag: 'r', localUri: 'sip:a@h', remoteUri: 'sip:b@h', remoteTarget: 'sip:b@192.0.2.9:5070', routes: [], localSeq: 1 };

describe('where a request within a dialog goes', () => {
  it('without routes to the other end', () => {
    expect(targetOf(dialog)).toEqual({ uri: dialog.remoteTarget, routes: [], place: { host: '192.0.2.9', port: 5070 }, transport: 'udp' });
  });

  it('along loose routes', () => {
    const routes = ['<sip:192.0.2.1;transport=tcp;lr>', '<sip:192.0.2.2:5062;lr>'];
    expect(targetOf({ ...dialog, routes })).toEqual({ uri: dialog.remoteTarget, routes, place: { host: '192.0.2.1', port: 5060 }, transport: 'tcp' });
  });

  it('along a strict route, which becomes the Request-URI', () => {
    const routes = ['<sip:192.0.2.1>', '<sip:192.0.2.2;lr>'];
    expect(targetOf({ ...dialog, routes })).toMatchObject({ uri: 'sip:192.0.2.1', routes: ['<sip:192.0.2.2;lr>', '<sip:b@192.0.2.9:5070>'], place: { host: '192.0.2.1' } });
  });

  it('an IPv6 address without its brackets, nonsense nowhere', () => {
    expect(targetOf({ ...dialog, remoteTarget: 'sip:[2001:db8::1]' })?.place).toEqual({ host: '2001:db8::1', port: 5060 });
    expect(targetOf({ ...dialog, routes: ['<tel:1>'] })).toBeUndefined();
  });

  it('a caller from before RFC 3261 has no tag', () => {
    expect(tagged('sip:a@h', '')).toBe('<sip:a@h>');
  });
});

describe('session interval', () => {
  const invite = (...headers: readonly string[]): Request => {
    const parsed = parseMessage(Buffer.from(['INVITE sip:a@h SIP/2.0', 'Via: SIP/2.0/UDP h;branch=z9hG4bK1', 'From: <sip:a@h>;tag=1', 'To: <sip:a@h>', 'Call-ID: c', 'CSeq: 1 INVITE', ...headers, '', ''].join('\r\n')));
    if (!parsed.ok || parsed.value.kind !== 'request') throw new Error('unsound');
    return parsed.value;
  };

  it.each([
    [['Session-Expires: 1800', 'Supported: timer, 100rel'], 1800],
    [['x: 1800;refresher=uac', 'k: timer'], 1800],
    [['Session-Expires: 1800;refresher=uas', 'Supported: timer'], undefined],
    [['Session-Expires: 1800'], undefined],
    [['Supported: timer'], undefined],
    [['Session-Expires: soon', 'Supported: timer'], undefined],
    [['Session-Expires: 89', 'Require: timer'], 'too-small'],
    [['Session-Expires: 999999999', 'Supported: timer'], 86_400],
  ] as const)('%j: %s', (headers, expected) => {
    expect(sessionInterval(invite(...headers))).toBe(expected);
  });

  it('is over a third, at most 32 s, before its end', () => {
    expect(watchMs(90)).toBe(60_000);
    expect(watchMs(1800)).toBe(1_768_000);
  });
});
