/** The two laws of G.711; one byte is one sample, 8,000 of them a second. */
export type Codec = 'pcmu' | 'pcma';

export const FRAME_MS = 20;
/** samples and bytes of 20 ms */
export const FRAME = 160;
export const BYTES_PER_MS = 8;

/** By how much a frame's mean sample must leave zero to pass for speech: -42 dB of full scale, what Asterisk asks for too. */
export const SPEECH_LEVEL = 256;

const linear: Readonly<Record<Codec, Int16Array>> = {
  pcmu: Int16Array.from({ length: 256 }, (_, byte) => linearOfMuLaw(byte)),
  pcma: Int16Array.from({ length: 256 }, (_, byte) => linearOfALaw(byte)),
};
const levels: Readonly<Record<Codec, Uint16Array>> = { pcmu: Uint16Array.from(linear.pcmu, Math.abs), pcma: Uint16Array.from(linear.pcma, Math.abs) };
const tables: Readonly<Record<Codec, Uint8Array>> = { pcmu: tableBetween('pcmu', 'pcma'), pcma: tableBetween('pcma', 'pcmu') };

/** The byte that stands for no sound. */
export function silenceByte(codec: Codec): number {
  return codec === 'pcmu' ? 0xff : 0xd5;
}

/** Each byte's like in the other law; undefined when there is nothing to convert. */
export function conversion(from: Codec, to: Codec): Uint8Array | undefined {
  return from === to ? undefined : tables[from];
}

/** The same audio in the other law; the same array when it is in that law already. */
export function convert(audio: Uint8Array, from: Codec, to: Codec): Uint8Array {
  const table = conversion(from, to);
  return table ? Uint8Array.from(audio, (byte) => table[byte] ?? 0) : audio;
}

/** The samples as 16 bit linear PCM. */
export function linearOf(audio: Uint8Array, codec: Codec): Int16Array {
  return Int16Array.from(audio, (byte) => linear[codec][byte] ?? 0);
}

/** How loud it is: the mean distance from zero of its 16 bit samples, 0 to 32,124. */
export function speechLevel(audio: Uint8Array, codec: Codec): number {
  const level = levels[codec];
  let sum = 0;
  for (let at = 0; at < audio.length; at += 1) sum += level[audio[at] ?? 0] ?? 0;
  return audio.length === 0 ? 0 : sum / audio.length;
}

/** G.711 table 2: complemented; sign, three bits of segment, four of step. */
function linearOfMuLaw(byte: number): number {
  const code = ~byte & 0xff;
  const size = ((((code & 0x0f) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84;
  return code & 0x80 ? -size : size;
}

/** G.711 table 1: every second bit inverted. */
function linearOfALaw(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code >> 4) & 7;
  const step = ((code & 0x0f) << 4) + 8;
  const size = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return code & 0x80 ? size : -size;
}

/** The nearest level of the other law; of two that are as near the one of the same sign. */
function tableBetween(from: Codec, to: Codec): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    const sample = linear[from][byte] ?? 0;
    let best = 0;
    for (let candidate = 0; candidate < 256; candidate += 1) {
      const nearer = Math.abs(sample - (linear[to][candidate] ?? 0)) - Math.abs(sample - (linear[to][best] ?? 0));
      const sameSign = ((candidate ^ byte) & 0x80) === 0 && ((best ^ byte) & 0x80) !== 0;
      if (nearer < 0 || (nearer === 0 && sameSign)) best = candidate;
    }
    return best;
  });
}
