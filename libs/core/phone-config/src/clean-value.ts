import type { PackSyntax } from './pack.ts';

/** Control characters, line and paragraph separators: what could end a line anywhere. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Text as it may stand in a value of this syntax: one line, none of the syntax's own signs. The same text gives the same value; a clean value stays as it is. */
export function cleanValue(syntax: PackSyntax, text: string): string {
  return guarded(syntax, shortened(syntax, substituted(syntax, oneLine(text))));
}

/** One line of well-formed text without spaces at its ends; for values that may carry the vendor's own words. */
export const oneLine = (text: string): string => text.replace(BREAKS, ' ').replace(/\p{Cs}/gu, '').trim();

function substituted(syntax: PackSyntax, text: string): string {
  return syntax.replace.size === 0 ? text : Array.from(text, (character) => syntax.replace.get(character) ?? character).join('');
}

function shortened(syntax: PackSyntax, text: string): string {
  if (text.length <= syntax.maxLength) return text.trim();
  return Array.from(text).slice(0, syntax.maxLength).join('').trim();
}

function guarded(syntax: PackSyntax, text: string): string {
  const first = text.charAt(0);
  const isCommand = first !== '' && syntax.notFirst.includes(first);
  const isReserved = syntax.reserved.some((word) => word.toLowerCase() === text.toLowerCase());
  return isCommand || isReserved ? shortened(syntax, syntax.guard + text) : text;
}
