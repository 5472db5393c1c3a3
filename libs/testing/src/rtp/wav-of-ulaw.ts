const RATE = 8000;
const HEAD = 44;
const LOUD = 500;
const NEAR = 8;

/** Mono, 16 bit, 8,000 Hz: a G.711 encoder makes the same bytes of it again. */
export function wavOf(ulaw: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(HEAD + ulaw.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(ulaw.length * 2, 40);
  ulaw.forEach((code, at) => bytes.writeInt16LE(linear(code), HEAD + at * 2));
  return bytes;
}

/** The samples of a file as baresip writes it. */
export function pcmOf(wav: Buffer): Int16Array {
  const samples = Math.max(0, (wav.length - HEAD) >> 1);
  return Int16Array.from({ length: samples }, (_, at) => wav.readInt16LE(HEAD + at * 2));
}

/** ITU-T G.711, mu-law. */
export function linear(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return bits & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

/** A tenth of a second of it is enough, from its first loud sample on. Decoders differ by a little in what is next to nothing. */
export function contains(heard: Int16Array, sound: readonly number[]): boolean {
  const from = sound.findIndex((sample) => Math.abs(sample) > LOUD);
  const wanted = sound.slice(from, from + RATE / 10);
  for (let offset = 0; from >= 0 && offset + wanted.length <= heard.length; offset += 1) {
    if (wanted.every((sample, at) => Math.abs(sample - (heard[offset + at] ?? 0)) <= NEAR)) return true;
  }
  return false;
}
