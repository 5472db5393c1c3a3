/** RFC 2361: WAVE_FORMAT_ALAW and WAVE_FORMAT_MULAW. */
const FORMATS: Readonly<Record<string, number>> = { pcma: 6, pcmu: 7 };
const RATE = 8000;

export const WAV_HEADER_BYTES = 58;

/** The head of a WAV file of 8 kHz mono G.711; what is not PCM needs the longer `fmt` chunk and `fact`. Our own, lest the gateway ships the media workers of voicemail. */
export function wavHeader(codec: string, bytes: number): Uint8Array {
  const head = Buffer.alloc(WAV_HEADER_BYTES);
  // Chunks are of even length, so an odd recording ends in a padding byte.
  head.write('RIFF', 0);
  head.writeUInt32LE(WAV_HEADER_BYTES - 8 + bytes + padding(bytes), 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(18, 16);
  head.writeUInt16LE(FORMATS[codec] ?? 7, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.writeUInt16LE(0, 36);
  head.write('fact', 38);
  head.writeUInt32LE(4, 42);
  head.writeUInt32LE(bytes, 46);
  head.write('data', 50);
  head.writeUInt32LE(bytes, 54);
  return head;
}

export function padding(bytes: number): 0 | 1 {
  return bytes % 2 === 0 ? 0 : 1;
}
