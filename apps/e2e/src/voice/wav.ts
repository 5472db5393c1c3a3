import type { G711 } from '@sfs/testing';

export interface Recording {
  readonly codec: G711;
  readonly audio: Uint8Array;
}

const codecs: Readonly<Record<number, G711>> = { 6: 'pcma', 7: 'pcmu' };

/** A WAV file of one G.711 channel. */
export function readWav(file: Uint8Array): Recording {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const name = (at: number): string => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.length < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') throw new Error('no WAV file');
  let codec: G711 | undefined;
  for (let at = 12; at + 8 <= file.length; at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2)) {
    if (name(at) === 'fmt ') codec = codecs[view.getUint16(at + 8, true)];
    if (name(at) !== 'data') continue;
    if (!codec) throw new Error('a WAV file that is not G.711');
    return { codec, audio: file.subarray(at + 8, at + 8 + view.getUint32(at + 4, true)) };
  }
  throw new Error('a WAV file without data');
}
