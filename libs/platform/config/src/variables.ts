import { z } from 'zod';
import { Secret } from './secret.ts';

/** A TCP port. */
export const port = (standard: number): z.ZodDefault<z.ZodCoercedNumber<string>> =>
  z.coerce.number<string>('must be a port').int('must be a port').min(0, 'must be a port').max(65_535, 'must be a port').default(standard);

/** true or false, nothing else. */
export const flag = (standard: boolean) =>
  z
    .enum(['true', 'false'], 'must be true or false')
    .default(standard ? 'true' : 'false')
    .transform((value) => value === 'true');

/** `a,b,c`; blanks around the parts are dropped; empty = no part. */
export const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').map((part) => part.trim()).filter((part) => part !== ''));

/** `name=value,name=value`. */
export const mapping = z
  .string()
  .default('')
  .refine((value) => parts(value).every((part) => /^[^=]+=.+$/.test(part)), 'must be NAME=VALUE, separated by commas')
  .transform((value) => new Map(parts(value).map((part) => pair(part))));

function parts(value: string): string[] {
  return value.split(',').map((part) => part.trim()).filter((part) => part !== '');
}

function pair(part: string): [string, string] {
  const at = part.indexOf('=');
  return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}

/** What is in effect, for the first log line: secrets print as ***, maps as plain objects. */
export function redacted(config: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, printable(value)]));
}

function printable(value: unknown): unknown {
  if (value instanceof Secret) return value.toJSON();
  if (value instanceof Map) return Object.fromEntries(value);
  return value;
}

/** The README's table of variables, from the schema: name, default, meaning. */
export function variableTable(schema: z.ZodObject): string {
  const rows = Object.entries(schema.shape).map(([name, field]) => {
    const standard = defaultOf(field as z.ZodType);
    return `| \`${name}\` | ${!standard ? '' : `\`${standard}\``} | ${(field as z.ZodType).description ?? ''} |`;
  });
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function defaultOf(field: z.ZodType): string | undefined {
  if (field instanceof z.ZodDefault) return String(field.def.defaultValue);
  if (field instanceof z.ZodPipe) return defaultOf(field.def.in as z.ZodType);
  return undefined;
}
