import { expect, it } from 'vitest';
import { wavHeader } from './wav.ts';

it.each([['pcmu', 7], ['pcma', 6]] as const)('describes %s as players know it', (codec, format) => {
  const header = Buffer.from(wavHeader(codec, 72_000));
  expect(header.length).toBe(58);
  expect([header.toString('latin1', 0, 4), header.readUInt32LE(4), header.toString('latin1', 8, 16)]).toEqual(['RIFF', 72_050, 'WAVEfmt ']);
  expect([16, 24, 28, 42, 46, 54].map((at) => header.readUInt32LE(at))).toEqual([18, 8000, 8000, 4, 72_000, 72_000]);
  expect([20, 22, 32, 34, 36].map((at) => header.readUInt16LE(at))).toEqual([format, 1, 1, 8, 0]);
  expect([header.toString('latin1', 38, 42), header.toString('latin1', 50, 54)]).toEqual(['fact', 'data']);
});
