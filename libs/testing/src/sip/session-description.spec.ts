import { describe, expect, it } from 'vitest';
import { audioOf, audioOffer } from './session-description.ts';

describe('a session description', () => {
  it('of a phone without audio names a port where nobody listens', () => {
    expect(audioOffer({ host: '127.0.0.1' })).toContain('m=audio 40000 RTP/AVP 0\r\n');
  });

  it('of a phone with audio takes its codecs in order, and digits', () => {
    const text = audioOffer({ host: '127.0.0.1', port: 4002, codecs: ['pcma', 'pcmu'], direction: 'sendonly' });
    expect(text).toContain('m=audio 4002 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n');
    expect(text).toContain('a=sendonly\r\n');
    expect(audioOf(text)).toEqual({ host: '127.0.0.1', port: 4002, payloadType: 8, digitPayloadType: 101 });
  });

  it('is read with other payload types for digits, or none', () => {
    const answer = ['v=0', 'c=IN IP4 192.0.2.7', 'm=audio 20004 RTP/AVP 0 96', 'a=rtpmap:96 telephone-event/8000', ''].join('\r\n');
    expect(audioOf(answer)).toEqual({ host: '192.0.2.7', port: 20_004, payloadType: 0, digitPayloadType: 96 });
    expect(audioOf(answer.replace(/a=.*\r\n/, ''))?.digitPayloadType).toBeUndefined();
  });

  it.each([
    ['no audio', 'v=0\r\nc=IN IP4 192.0.2.7\r\n'],
    ['audio that is refused', 'v=0\r\nc=IN IP4 192.0.2.7\r\nm=audio 0 RTP/AVP 0\r\n'],
    ['audio of another kind', 'v=0\r\nc=IN IP4 192.0.2.7\r\nm=audio 4000 RTP/AVP 9\r\n'],
  ])('with %s leads nowhere', (_what, text) => expect(audioOf(text)).toBeUndefined());
});
