import { z } from 'zod';
import { meta, name, number, uuid } from './shared-shapes.ts';

export const directoryNumber = z.object({ meta, switchId: name, number, userId: z.string().describe('empty = belongs to nobody'), hasSipPassword: z.boolean() });
export type DirectoryNumber = z.infer<typeof directoryNumber>;

const owner = z.union([z.literal(''), uuid]).default('');
export const createDirectoryNumber = z.object({ number, userId: owner });
export const updateDirectoryNumber = z.object({ userId: owner });

export const setSipPassword = z.object({ password: z.string().regex(/^[\x21-\x7e]{12,64}$/, '12 to 64 printable ASCII characters').optional() });
/** Shown once. */
export const sipPassword = z.object({ userName: z.string(), password: z.string(), sipDomain: z.string() });
export type SipPassword = z.infer<typeof sipPassword>;
