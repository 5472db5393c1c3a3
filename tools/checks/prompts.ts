// Every prompt has its audio, spoken from the text it has now, and no file lies about that nobody says. Changed a text: `node --import ./tools/run/alias.mjs tools/prompts/synthesise.ts`.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROMPTS } from '@sfs/voicemail';
import { FOLDER, MOST_BYTES, SPEED, VOICE, type Manifest, sha256 } from '../prompts/voice.ts';

const faults: string[] = [];
const manifest = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')) as Manifest;
if (manifest.voice !== VOICE || manifest.speed !== SPEED) faults.push(`spoken by ${manifest.voice} at ${manifest.speed}, wanted is ${VOICE} at ${SPEED}`);

let bytes = 0;
for (const [name, text] of Object.entries(PROMPTS)) {
  const entry = manifest.prompts[name];
  const file = join(FOLDER, `${name}.ulaw`);
  if (!entry || !existsSync(file)) {
    faults.push(`${name}: has no audio`);
    continue;
  }
  const audio = readFileSync(file);
  bytes += audio.length;
  if (entry.text !== sha256(text)) faults.push(`${name}: the text was changed after it was spoken`);
  if (entry.audio !== sha256(audio)) faults.push(`${name}: the audio is not what was spoken`);
  // A tenth of a second: less than any word takes.
  if (audio.length < 800) faults.push(`${name}: the audio is empty`);
}
for (const file of readdirSync(FOLDER)) {
  if (file !== 'manifest.json' && !(file.endsWith('.ulaw') && Object.hasOwn(PROMPTS, file.slice(0, -'.ulaw'.length)))) faults.push(`${file}: nobody says it`);
}
for (const name of Object.keys(manifest.prompts)) if (!Object.hasOwn(PROMPTS, name)) faults.push(`manifest.json: nobody says ${name}`);
if (bytes > MOST_BYTES) faults.push(`${bytes} bytes of audio, at most ${MOST_BYTES} are committed`);

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`${Object.keys(PROMPTS).length} prompts have their audio, ${bytes} bytes`);
