import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StackError } from './stack-error.ts';

/** Replaces ${name}; a name without a value and a value without its name are both mistakes. */
export function renderTemplate(text: string, values: Readonly<Record<string, string | number>>): string {
  const unused = new Set(Object.keys(values));
  const rendered = text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new StackError(`template needs a value for ${name}`);
    unused.delete(name);
    return String(value);
  });
  if (unused.size > 0) throw new StackError(`template has no place for ${[...unused].join(', ')}`);
  return rendered;
}

export function renderFile(from: string, to: string, values: Readonly<Record<string, string | number>>): void {
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, renderTemplate(readFileSync(from, 'utf8'), values));
}
