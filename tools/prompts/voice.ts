import { createHash } from 'node:crypto';
import { join } from 'node:path';

export const FOLDER = join(import.meta.dirname, '../../apps/voicemail/prompts/en');
export const VOICE = 'en-us';
/** words a minute */
export const SPEED = 150;
/** What is committed stays small enough to be cloned without a thought. */
export const MOST_BYTES = 2_000_000;

export interface Manifest {
  readonly voice: string;
  readonly speed: number;
  /** SHA-256 of the text that was spoken and of the file, hex */
  readonly prompts: Readonly<Record<string, { readonly text: string; readonly audio: string }>>;
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
