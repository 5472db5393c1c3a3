import type { Pack } from './pack.ts';

/** Name and value of each line of a rendered file, as a phone reads it; '' = no value. Lines that do not read like parameters are left out. */
export function parseConfigLines(pack: Pack, text: string): ReadonlyMap<string, string> {
  const { syntax } = pack;
  const { before, between, after } = syntax.line;
  const fixed = new Set([...syntax.header, ...syntax.footer]);
  const found = new Map<string, string>();
  for (const line of text.split(syntax.lineEnd)) {
    const at = line.indexOf(between, before.length);
    if (fixed.has(line) || at < 0 || !line.startsWith(before) || !line.endsWith(after)) continue;
    const value = line.slice(at + between.length, line.length - after.length);
    found.set(line.slice(before.length, at), value === syntax.empty ? '' : value);
  }
  return found;
}
