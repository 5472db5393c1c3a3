import type { G711 } from '@sfs/testing';

/** Bytes of one packet: 20 ms. */
export const FRAME = 160;

/** One byte as a 16 bit sample (ITU-T G.711). */
export function sampleOf(byte: number, codec: G711): number {
  if (codec === 'pcmu') {
    const bits = ~byte & 0xff;
    const size = (((bits & 0x0f) << 3) + 0x84 << ((bits & 0x70) >> 4)) - 0x84;
    return (bits & 0x80) === 0 ? size : -size;
  }
  const bits = byte ^ 0x55;
  const segment = (bits & 0x70) >> 4;
  const step = ((bits & 0x0f) << 4) + 8;
  const size = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (bits & 0x80) === 0 ? -size : size;
}

/** Mean size of the samples; speech is above 200, silence is nearly 0. */
export function loudnessOf(audio: Uint8Array, codec: G711): number {
  let sum = 0;
  for (const byte of audio) sum += Math.abs(sampleOf(byte, codec));
  return audio.length === 0 ? 0 : sum / audio.length;
}

const QUIET = 100;

/** How long there was something to hear. */
export function heardMs(audio: Uint8Array, codec: G711): number {
  return framesOf(audio).filter((frame) => loudnessOf(frame, codec) > QUIET).length * 20;
}

const TONE_FRAMES = 6;

/** Where the first tone ends: at least 120 ms of the same loudness and the same pitch, which no voice keeps. undefined: none has ended yet. */
export function endOfTone(audio: Uint8Array, codec: G711): number | undefined {
  let length = 0;
  let before: Sound | undefined;
  for (const [index, frame] of framesOf(audio).entries()) {
    const now = soundOf(frame, codec);
    if (before && isSame(before, now)) length += 1;
    else if (length >= TONE_FRAMES) return index * FRAME;
    else length = 0;
    before = now;
  }
  return undefined;
}

interface Sound {
  readonly loudness: number;
  readonly crossings: number;
}

function soundOf(frame: Uint8Array, codec: G711): Sound {
  let crossings = 0;
  for (let at = 1; at < frame.length; at += 1) if (sampleOf(frame[at] ?? 0, codec) < 0 !== sampleOf(frame[at - 1] ?? 0, codec) < 0) crossings += 1;
  return { loudness: loudnessOf(frame, codec), crossings };
}

function isSame(before: Sound, now: Sound): boolean {
  return now.loudness > QUIET && Math.abs(now.loudness - before.loudness) < before.loudness * 0.04 && Math.abs(now.crossings - before.crossings) <= 1;
}

function framesOf(audio: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor(audio.length / FRAME) }, (_, index) => audio.subarray(index * FRAME, (index + 1) * FRAME));
}
