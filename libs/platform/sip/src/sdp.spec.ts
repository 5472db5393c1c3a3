import { describe, expect, it } from 'vitest';
import { audioAnswer, parseAudio, type AudioDescription } from './sdp.ts';

const HEAD = ['v=0', 'o=- 1 1 IN IP4 192.0.2.7', 's=-', 'c=IN IP4 192.0.2.7', 't=0 0'];
const sdp = (...lines: readonly string[]): string => [...HEAD, ...lines, ''].join('\r\n');

function audioOf(text: string): AudioDescription {
  const parsed = parseAudio(text);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value;
}
function faultOf(text: string): string {
  const parsed = parseAudio(text);
  return parsed.ok ? 'sound' : parsed.error.code;
}

describe('parseAudio', () => {
  it('takes the first codec of theirs that is ours', () => {
    const audio = audioOf(sdp('m=audio 49170 RTP/AVP 9 8 0 101', 'a=rtpmap:9 G722/8000', 'a=rtpmap:101 telephone-event/8000'));
    expect(audio).toMatchObject({ address: '192.0.2.7', port: 49_170, codec: 'pcma', payloadType: 8, digitPayloadType: 101, direction: 'sendrecv', at: 0 });
    expect(audioOf(sdp('m=audio 4000 RTP/AVP 0 8')).codec).toBe('pcmu');
  });

  it('knows the codecs by name, too', () => {
    expect(audioOf(sdp('m=audio 4000 RTP/AVP 96', 'a=rtpmap:96 pcma/8000/1'))).toMatchObject({ codec: 'pcma', payloadType: 96 });
    expect(faultOf(sdp('m=audio 4000 RTP/AVP 0', 'a=rtpmap:0 G729/8000'))).toBe('sdp/no-common-codec');
  });

  it.each([
    ['sendonly', ['a=sendonly'], 'sendonly'],
    ['inactive', ['a=inactive'], 'inactive'],
    ['c=0.0.0.0', ['c=IN IP4 0.0.0.0'], 'sendonly'],
    ['c=0.0.0.0 and recvonly', ['c=IN IP4 0.0.0.0', 'a=recvonly'], 'inactive'],
  ] as const)('understands hold by %s', (_how, lines, direction) => {
    expect(audioOf(sdp('m=audio 4000 RTP/AVP 0', ...lines)).direction).toBe(direction);
  });

  it('what is said for the stream goes before what is said for the session', () => {
    const text = [...HEAD, 'a=inactive', 'm=audio 4000 RTP/AVP 0', 'c=IN IP4 198.51.100.4', 'a=sendrecv', ''].join('\n');
    expect(audioOf(text)).toMatchObject({ address: '198.51.100.4', direction: 'sendrecv' });
  });

  it.each([
    ['no SDP at all', 'hello', 'sdp/malformed'],
    ['a broken m= line', sdp('m=audio x RTP/AVP 0'), 'sdp/malformed'],
    ['no audio', sdp('m=video 4000 RTP/AVP 31'), 'sdp/no-audio'],
    ['audio switched off', sdp('m=audio 0 RTP/AVP 0'), 'sdp/no-audio'],
    ['encrypted audio only', sdp('m=audio 4000 RTP/SAVP 0'), 'sdp/no-audio'],
    ['IPv6', sdp('m=audio 4000 RTP/AVP 0', 'c=IN IP6 2001:db8::1'), 'sdp/ipv6'],
    ['a multicast address', sdp('m=audio 4000 RTP/AVP 0', 'c=IN IP4 224.2.1.1/127'), 'sdp/bad-address'],
    ['a name for an address', sdp('m=audio 4000 RTP/AVP 0', 'c=IN IP4 media.example'), 'sdp/bad-address'],
    ['no codec of ours', sdp('m=audio 4000 RTP/AVP 9 18'), 'sdp/no-common-codec'],
    ['too many bytes', sdp('m=audio 4000 RTP/AVP 0', `a=x:${'x'.repeat(9000)}`), 'sdp/too-large'],
    ['too many streams', sdp(...Array.from({ length: 20 }, () => 'm=audio 4000 RTP/AVP 0')), 'sdp/too-large'],
    ['too many lines', sdp('m=audio 4000 RTP/AVP 0', ...Array.from({ length: 500 }, () => 'a=x')), 'sdp/too-large'],
  ])('refuses %s', (_what, text, code) => {
    expect(faultOf(text)).toBe(code);
  });
});

describe('audioAnswer', () => {
  const own = { host: '127.0.0.1', port: 20_000, sessionId: 7, direction: 'sendrecv' } as const;
  const lines = (text: string): string[] => text.split('\r\n');

  it('answers one codec and digits under their numbers, and refuses the other streams in order', () => {
    const offer = audioOf(sdp('m=video 5000 RTP/AVP 31', 'm=audio 4000 RTP/AVP 8 0 97', 'a=rtpmap:97 telephone-event/8000', 'm=image 5002 udptl t38'));
    const answer = audioAnswer({ ...own, offer });
    expect(lines(answer).filter((line) => line.startsWith('m='))).toEqual(['m=video 0 RTP/AVP 31', 'm=audio 20000 RTP/AVP 8 97', 'm=image 0 udptl t38']);
    expect(answer).toContain('a=rtpmap:97 telephone-event/8000\r\na=fmtp:97 0-15\r\na=ptime:20\r\na=sendrecv');
    expect(audioOf(answer.replaceAll(/^m=(video|image).*\r\n/gm, ''))).toMatchObject({ codec: 'pcma', digitPayloadType: 97 });
  });

  it.each([
    ['sendonly', 'recvonly'],
    ['recvonly', 'sendonly'],
    ['inactive', 'inactive'],
    ['sendrecv', 'sendrecv'],
  ] as const)('mirrors %s to %s', (offered, answered) => {
    const offer = audioOf(sdp('m=audio 4000 RTP/AVP 0', `a=${offered}`));
    expect(lines(audioAnswer({ ...own, offer })).filter((line) => /^a=(send|recv|inactive)/.test(line))).toEqual([`a=${answered}`]);
  });

  it('never wants more than we do', () => {
    const offer = audioOf(sdp('m=audio 4000 RTP/AVP 0'));
    expect(audioAnswer({ ...own, direction: 'sendonly', offer })).toContain('a=sendonly');
  });

  it('is an offer of both laws and digits when there was none', () => {
    const offer = audioAnswer({ ...own, version: 2 });
    expect(offer).toContain('o=- 7 2 IN IP4 127.0.0.1');
    expect(offer).toContain('m=audio 20000 RTP/AVP 8 0 101');
    expect(audioOf(offer)).toMatchObject({ codec: 'pcma', digitPayloadType: 101, port: 20_000 });
  });
});
