import type { z } from 'zod';
import { fieldWords } from './problem-words.ts';

/** The first fault of each field in the contract's words, so form and gateway refuse alike. Nested paths as `emergency.numbers.0`. */
export function schemaErrors(schema: z.ZodType, value: unknown): Readonly<Record<string, string>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return {};
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) errors[issue.path.join('.')] ??= sentence(plainWords(issue));
  return errors;
}

export function serverError(error: unknown, ...fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.flatMap((field) => (fieldWords(error, field) ? [[field, fieldWords(error, field) ?? '']] : [])));
}

/** The schema library's own sentences are for programmers; those of the contract stay. */
function plainWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) return limitWords(issue.origin, 'At least', Number(issue.minimum)) ?? `${issue.minimum} or more`;
  if (issue.code === 'too_big' && issue.message.startsWith('Too big')) return limitWords(issue.origin, 'At most', Number(issue.maximum)) ?? `${issue.maximum} or less`;
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) return issue.expected === 'number' || issue.expected === 'int' ? 'Enter a number' : 'Enter a value';
  return issue.message;
}

function limitWords(origin: string, lead: string, limit: number): string | undefined {
  if (origin === 'string') return `${lead} ${limit} ${limit === 1 ? 'character' : 'characters'}`;
  return origin === 'array' ? `${lead} ${limit} of them` : undefined;
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
