import type { PackSyntax } from './pack.ts';

/** What nearly every text is made of. */
const PRINTABLE = /^[ -~]*$/;
/** Control characters, line and paragraph separators: what could end a line anywhere. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** A stranger's text as it may stand in a value of this syntax: one line of at most `limit` characters without the syntax's own signs. The same text gives the same value. */
export const cleanText = (syntax: PackSyntax, text: string, limit: number): string => substituted(syntax, shortened(oneLine(text), limit));

/** A whole value that the phone would take for a word of its own, or for a comment. */
export function isCommand({ notFirst, reserved }: PackSyntax, value: string): boolean {
  const first = value.charAt(0);
  return (first !== '' && notFirst.includes(first)) || reserved.some((word) => word.toLowerCase() === value.toLowerCase());
}

/** For values that may carry the vendor's own words: one line, and where something stands behind the value, nothing that could end it. */
export const vendorValue = (syntax: PackSyntax, text: string): string => (syntax.line.after === '' ? oneLine(text) : substituted(syntax, oneLine(text)));

/** One line of well-formed text without spaces at its ends. */
export const oneLine = (text: string): string => (PRINTABLE.test(text) ? text : text.replace(BREAKS, ' ').replace(/\p{Cs}/gu, '')).trim();

function substituted({ replace }: PackSyntax, text: string): string {
  for (const sign of replace.keys()) if (text.includes(sign)) return Array.from(text, (character) => replace.get(character) ?? character).join('');
  return text;
}

const shortened = (text: string, limit: number): string => (text.length <= limit ? text : Array.from(text).slice(0, limit).join('')).trim();
