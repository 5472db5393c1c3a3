import { z } from 'zod';

export const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, '1 to 63 of a-z, 0-9 and -, beginning with a letter');
export const number = z.string().regex(/^\+?[0-9*#]{1,32}$/, '1 to 32 of 0-9, * and #, with an optional leading +');
export const uuid = z.uuid();
export const displayName = z.string().trim().min(1, 'a name to show').max(128, 'at most 128 characters');

/** Carried by every stored thing; `tag` is also the ETag. */
export const meta = z.object({ version: z.int(), tag: z.string(), changedAt: z.string(), actor: z.string() });
export type Meta = z.infer<typeof meta>;

export const pageQuery = z.object({
  q: z.string().max(64).optional(),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
  pageToken: z.string().max(4096).optional(),
});
export type PageQuery = z.infer<typeof pageQuery>;

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextPageToken: z.string().describe('empty on the last page') });
