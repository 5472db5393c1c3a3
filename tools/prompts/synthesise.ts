// Speaks every prompt of @sfs/voicemail into apps/voicemail/prompts/en/NAME.ulaw (8 kHz, mono, G.711 mu-law, no header) and writes manifest.json.
// Needs espeak-ng and sox. What is no prompt any more is removed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROMPTS } from '@sfs/voicemail';
import { FOLDER, SPEED, VOICE, sha256 } from './voice.ts';

// -D: no dither, so that the same text gives the same bytes.
const RAW = ['-D', '-R'];
const MU_LAW = ['-t', 'raw', '-r', '8000', '-c', '1', '-e', 'mu-law', '-b', '8'];
const CUT_SILENCE = ['silence', '1', '0.01', '0.5%', 'reverse', 'silence', '1', '0.01', '0.5%', 'reverse'];

const work = mkdtempSync(join(tmpdir(), 'prompts-'));

function speak(text: string, file: string): void {
  const spoken = join(work, 'spoken.wav');
  execFileSync('espeak-ng', ['-v', VOICE, '-s', String(SPEED), '-w', spoken, text]);
  // The band of a telephone, one level for all, a breath at the end so that prompts in a row do not run into each other.
  execFileSync('sox', [...RAW, spoken, ...MU_LAW, file, 'remix', '1', 'highpass', '200', 'rate', '-v', '8000', ...CUT_SILENCE, 'gain', '-n', '-5', 'pad', '0.02', '0.1']);
}

/** What asks the caller to speak: 400 ms at 1 kHz. */
function beep(file: string): void {
  execFileSync('sox', [...RAW, '-n', '-r', '8000', '-c', '1', ...MU_LAW, file, 'synth', '0.4', 'sine', '1000', 'gain', '-10', 'fade', 't', '0.01', '0.4', '0.02', 'pad', '0.1', '0']);
}

mkdirSync(FOLDER, { recursive: true });
for (const file of readdirSync(FOLDER)) rmSync(join(FOLDER, file));
const prompts: Record<string, { text: string; audio: string }> = {};
let bytes = 0;
for (const [name, text] of Object.entries(PROMPTS)) {
  const file = join(FOLDER, `${name}.ulaw`);
  if (name === 'tone') beep(file);
  else speak(text, file);
  const audio = readFileSync(file);
  bytes += audio.length;
  prompts[name] = { text: sha256(text), audio: sha256(audio) };
}
writeFileSync(join(FOLDER, 'manifest.json'), `${JSON.stringify({ voice: VOICE, speed: SPEED, prompts }, undefined, 2)}\n`);
rmSync(work, { recursive: true });
console.log(`${Object.keys(prompts).length} prompts, ${bytes} bytes`);
