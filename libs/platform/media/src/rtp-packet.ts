/** Reads and writes RFC 3550 headers in place: thousands of packets a second leave nothing for the garbage collector. */

export const HEADER = 12;
/** 120 ms of G.711: nobody sends longer packets */
export const MAX_PAYLOAD = 960;
const MAX_PACKET = 1500;

/** Where the payload begins; -1: no RTP packet, or too long for audio. */
export function payloadStart(packet: Uint8Array): number {
  const first = packet[0] ?? 0;
  if (packet.length < HEADER || packet.length > MAX_PACKET || first >> 6 !== 2) return -1;
  let start = HEADER + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (start + 4 > packet.length) return -1;
    start += 4 + uint16(packet, start + 2) * 4;
  }
  const end = payloadEnd(packet);
  return start > end || end - start > MAX_PAYLOAD ? -1 : start;
}

/** Behind the payload's last byte: padding is not part of it. */
export function payloadEnd(packet: Uint8Array): number {
  const padded = (packet[0] ?? 0) & 0x20;
  return packet.length - (padded ? Math.max(1, packet[packet.length - 1] ?? 0) : 0);
}

export function hasMarker(packet: Uint8Array): boolean {
  return (packet[1] ?? 0) >= 0x80;
}

export function payloadTypeOf(packet: Uint8Array): number {
  return (packet[1] ?? 0) & 0x7f;
}

export function sequenceOf(packet: Uint8Array): number {
  return uint16(packet, 2);
}

export function timestampOf(packet: Uint8Array): number {
  return uint32(packet, 4);
}

export function ssrcOf(packet: Uint8Array): number {
  return uint32(packet, 8);
}

/** The parts of the header that stay: version and source. */
export function beginHeader(packet: Uint8Array, ssrc: number): void {
  packet[0] = 0x80;
  setUint32(packet, 8, ssrc);
}

/** The parts of the header that change with each packet. */
export function setHeader(packet: Uint8Array, typeAndMarker: number, sequence: number, timestamp: number): void {
  packet[1] = typeAndMarker;
  packet[2] = sequence >> 8;
  packet[3] = sequence & 0xff;
  setUint32(packet, 4, timestamp);
}

export function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function uint32(bytes: Uint8Array, at: number): number {
  return (uint16(bytes, at) * 0x1_0000 + uint16(bytes, at + 2)) >>> 0;
}

function setUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = (value >>> 16) & 0xff;
  bytes[at + 2] = (value >>> 8) & 0xff;
  bytes[at + 3] = value & 0xff;
}
