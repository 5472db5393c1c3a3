import { z } from 'zod';

const kept = new WeakMap<Secret, string>();

/** A value that no log line, no JSON and no inspection shows; only `reveal` does. */
export class Secret {
  constructor(value: string) {
    kept.set(this, value);
  }

  reveal(): string {
    return kept.get(this) ?? '';
  }

  toString(): '***' {
    return '***';
  }

  toJSON(): '***' {
    return '***';
  }
}

/** Schema of a secret variable. */
export const secret: z.ZodType<Secret> = z.string().min(1).transform((value) => new Secret(value));

/** Schema of a secret key given as base64; refuses another length by name. */
export function secretKey(bytes: number): z.ZodType<Secret> {
  return z
    .string()
    .refine((value) => Buffer.from(value, 'base64').length === bytes, `must be base64 of exactly ${bytes} bytes (openssl rand -base64 ${bytes})`)
    .transform((value) => new Secret(value));
}
