import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROMPTS } from '@sfs/voicemail';
import { expect, it } from 'vitest';
import { loadPrompts } from './load-prompts.ts';

it('loads every prompt that a dialogue can say', async () => {
  const prompts = await loadPrompts('apps/voicemail/prompts/en');
  expect([...prompts.keys()].sort()).toEqual(Object.keys(PROMPTS).sort());
  expect(prompts.get('tone')?.audio.length).toBeGreaterThan(1600);
});

it('says which are missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prompts-'));
  await expect(loadPrompts(folder)).rejects.toThrow(/SFS_VOICEMAIL_PROMPTS_DIR.*goodbye.*tone/);
  await rm(folder, { recursive: true });
});
