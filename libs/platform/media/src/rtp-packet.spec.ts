import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginHeader, hasMarker, payloadEnd, payloadStart, payloadTypeOf, sequenceOf, setHeader, ssrcOf, timestampOf } from './rtp-packet.ts';

const packetOf = (first: number, ...rest: number[]): Uint8Array => Uint8Array.of(first, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, ...rest);

describe('a packet', () => {
  it('reads as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 127 }), fc.boolean(), fc.nat(0xffff), fc.nat(0xffff_ffff), fc.nat(0xffff_ffff), (type, marker, sequence, timestamp, ssrc) => {
        const packet = new Uint8Array(172);
        beginHeader(packet, ssrc);
        setHeader(packet, type | (marker ? 0x80 : 0), sequence, timestamp);
        expect([payloadTypeOf(packet), hasMarker(packet), sequenceOf(packet), timestampOf(packet), ssrcOf(packet)]).toEqual([type, marker, sequence, timestamp, ssrc]);
        expect([payloadStart(packet), payloadEnd(packet)]).toEqual([12, 172]);
      }),
    );
  });

  it('has its payload behind sources and extension, and before the padding', () => {
    const packet = packetOf(0xb2, 1, 1, 1, 1, 2, 2, 2, 2, 0xbe, 0xde, 0, 1, 9, 9, 9, 9, 42, 43, 0, 0, 3);
    expect([payloadStart(packet), payloadEnd(packet)]).toEqual([28, 30]);
  });
});

describe('no packet', () => {
  it.each([
    ['is short', packetOf(0x80).subarray(0, 11)],
    ['is empty', new Uint8Array(0)],
    ['has another version', packetOf(0x40, 1, 2)],
    ['names sources it does not have', packetOf(0x81, 1, 2)],
    ['has half an extension', packetOf(0x90, 0xbe, 0xde)],
    ['has an extension beyond its end', packetOf(0x90, 0xbe, 0xde, 0xff, 0xff)],
    ['is padded beyond its beginning', packetOf(0xa0, 1, 200)],
    ['holds more than 120 ms', Uint8Array.from([...packetOf(0x80), ...new Uint8Array(961)])],
    ['is a jumbo', Uint8Array.from([...packetOf(0x80), ...new Uint8Array(9000)])],
  ])('%s', (_, packet) => expect(payloadStart(packet)).toBe(-1));

  it('lets any bytes reach beyond their end', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => payloadStart(bytes) <= bytes.length));
  });
});
