/** One RTP packet by hand, so that a test sees and breaks each of them. */
export interface RtpPacket {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

export function formatRtp({ marker, payloadType, sequence, timestamp, ssrc, payload }: RtpPacket): Uint8Array {
  const packet = new Uint8Array(12 + payload.length);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x80);
  view.setUint8(1, (marker ? 0x80 : 0) | payloadType);
  view.setUint16(2, sequence);
  view.setUint32(4, timestamp);
  view.setUint32(8, ssrc);
  packet.set(payload, 12);
  return packet;
}

/** Undefined: no RTP. Neither extensions nor padding: our own services send none. */
export function parseRtp(packet: Uint8Array): RtpPacket | undefined {
  if (packet.length < 12 || packet[0] !== 0x80) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const second = view.getUint8(1);
  return {
    marker: second >= 0x80,
    payloadType: second & 0x7f,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: packet.subarray(12),
  };
}

const EVENTS = '0123456789*#ABCD';

/** The four bytes of RFC 4733: event, end, volume, duration in samples. */
export function digitPayload(digit: string, end: boolean, duration: number): Uint8Array {
  const event = EVENTS.indexOf(digit.toUpperCase());
  if (event < 0 || digit.length !== 1) throw new RangeError(`"${digit}" is no digit of a telephone`);
  return Uint8Array.of(event, (end ? 0x80 : 0) | 10, duration >> 8, duration & 0xff);
}

/** The digit that ends with this payload; undefined while it lasts. */
export function endedDigit(payload: Uint8Array): string | undefined {
  const [event = 255, flags = 0] = payload;
  return flags >= 0x80 ? EVENTS[event] : undefined;
}
