import { readFileSync } from 'node:fs';
import { paths } from '../../../../tools/stack/paths.ts';
import { FRAME, loudnessOf } from './hearing.ts';

/** So much of a prompt is like no other: 0.4 s. */
const OPENING = 20 * FRAME;
const AUDIBLE = 300;

/** The first sound of a prompt as it is committed, in mu-law: what a caller in that law hears byte for byte. */
export function openingOf(name: string): Uint8Array {
  const audio = new Uint8Array(readFileSync(`${paths.root}/apps/voicemail/prompts/en/${name}.ulaw`));
  let at = 0;
  while (at + OPENING < audio.length && loudnessOf(audio.subarray(at, at + FRAME), 'pcmu') < AUDIBLE) at += FRAME;
  return audio.subarray(at, at + OPENING);
}
