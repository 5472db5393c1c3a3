import { z } from 'zod';

export const role = z.enum(['administrator', 'user']);
export type Role = z.infer<typeof role>;

export const signIn = z.object({ login: z.string().min(1).max(128), password: z.string().min(1).max(256) });
export type SignIn = z.infer<typeof signIn>;

export const session = z.object({
  login: z.string(),
  role,
  tenant: z.string(),
  /** the provisioning user behind the account; '' for pure administrators */
  userId: z.string(),
  /** a one-time password was used: only PUT /session/password is allowed until it is changed */
  mustChangePassword: z.boolean(),
  expiresAt: z.string(),
});
export type Session = z.infer<typeof session>;

export const changePassword = z.object({ current: z.string().min(1).max(256), next: z.string().min(12, 'at least 12 characters').max(256) });
export type ChangePassword = z.infer<typeof changePassword>;

export const createAccount = z.object({ login: z.string().regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, 'a-z, 0-9 . _ @ -'), role: role.default('user') });
/** The one-time password is shown in this answer and never again. */
export const createdAccount = z.object({ login: z.string(), role, userId: z.string(), oneTimePassword: z.string() });

export const createToken = z.object({ name: z.string().min(1).max(64), role: role.default('administrator'), expiresInDays: z.int().min(1).max(365).default(30) });
export const token = z.object({ id: z.string(), name: z.string(), role, expiresAt: z.string(), createdAt: z.string() });
/** `secret` goes into `Authorization: Bearer`, shown once. */
export const createdToken = token.extend({ secret: z.string() });
export type Token = z.infer<typeof token>;
