import { describe, expect, it } from 'vitest';
import { padding, WAV_HEADER_BYTES, wavHeader } from './wav-header.ts';

describe('wavHeader', () => {
  it.each([
    ['pcma', 6],
    ['pcmu', 7],
  ])('says %s as format %i, 8 kHz mono 8 bit', (codec, format) => {
    const head = Buffer.from(wavHeader(codec, 72_000));
    expect(head.length).toBe(WAV_HEADER_BYTES);
    expect([head.toString('latin1', 0, 4), head.toString('latin1', 8, 16), head.toString('latin1', 38, 42), head.toString('latin1', 50, 54)]).toEqual(['RIFF', 'WAVEfmt ', 'fact', 'data']);
    expect([head.readUInt16LE(20), head.readUInt16LE(22), head.readUInt32LE(24), head.readUInt32LE(28), head.readUInt16LE(32), head.readUInt16LE(34)]).toEqual([format, 1, 8_000, 8_000, 1, 8]);
    expect([head.readUInt32LE(4), head.readUInt32LE(46), head.readUInt32LE(54)]).toEqual([72_050, 72_000, 72_000]);
  });

  it('counts the padding of an odd recording in the file, not in the data', () => {
    const head = Buffer.from(wavHeader('pcmu', 7));
    expect([head.readUInt32LE(4), head.readUInt32LE(54), padding(7)]).toEqual([58, 7, 1]);
  });
});
