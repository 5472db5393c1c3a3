import type { Codec } from './codec.ts';

const HEADER = 58;
const RATE = 8000;
const formats: Readonly<Record<Codec, number>> = { pcma: 6, pcmu: 7 };

/** What stands before so many bytes of G.711 in a WAV file: RIFF with format 6 (A-law) or 7 (mu-law) and the fact chunk these need. */
export function wavHeader(codec: Codec, bytes: number): Uint8Array {
  const header = new Uint8Array(HEADER);
  const view = new DataView(header.buffer);
  const name = (at: number, text: string): void => header.set(Array.from(text, (letter) => letter.charCodeAt(0)), at);
  name(0, 'RIFF');
  view.setUint32(4, HEADER - 8 + bytes, true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 18, true);
  view.setUint16(20, formats[codec], true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  name(38, 'fact');
  view.setUint32(42, 4, true);
  view.setUint32(46, bytes, true);
  name(50, 'data');
  view.setUint32(54, bytes, true);
  return header;
}
