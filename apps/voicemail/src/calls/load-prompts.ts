import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaOptions } from '@sfs/media';
import { PROMPTS } from '@sfs/voicemail';

type Prompts = MediaOptions['prompts'];

/** All that dialogues can say, `NAME.ulaw` each. Rejects with the names of all that are missing: a service that falls silent in mid-call is worse. */
export async function loadPrompts(folder: string): Promise<Prompts> {
  const missing: string[] = [];
  const prompts = new Map<string, { audio: Uint8Array; codec: 'pcmu' }>();
  await Promise.all(
    Object.keys(PROMPTS).map(async (name) => {
      const audio = await readFile(join(folder, `${name}.ulaw`)).catch(() => undefined);
      if (audio === undefined || audio.length === 0) missing.push(name);
      else prompts.set(name, { audio, codec: 'pcmu' });
    }),
  );
  if (missing.length > 0) throw new Error(`prompts are missing in ${folder} (SFS_VOICEMAIL_PROMPTS_DIR): ${missing.sort().join(', ')}`);
  return prompts;
}
