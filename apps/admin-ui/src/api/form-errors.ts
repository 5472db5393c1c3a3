import type { z } from 'zod';
import { fieldWords } from './problem-words.ts';

/** The first fault of each field in the contract's words, so form and gateway refuse alike. Nested paths as `emergency.numbers.0`. */
export function schemaErrors(schema: z.ZodType, value: unknown): Readonly<Record<string, string>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return {};
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) errors[path.join('.')] ??= sentence(message);
  return errors;
}

export function serverError(error: unknown, ...fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.flatMap((field) => (fieldWords(error, field) ? [[field, fieldWords(error, field) ?? '']] : [])));
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
