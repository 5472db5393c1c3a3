/** A parsed pattern: one set of characters per position (13-bit masks over the alphabet), then perhaps a tail of any length. */
export interface PatternAst {
  /** as written, without visual separators */
  readonly text: string;
  readonly positions: readonly PatternPosition[];
  readonly tail: PatternTail;
}

export interface PatternPosition {
  readonly text: string;
  readonly mask: number;
  /** how many characters it takes: 1 = literal, 10 = X */
  readonly width: number;
}

export type PatternTail = 'none' | 'one-or-more' | 'zero-or-more';

export interface PatternError {
  /** 0-based, in the text as typed; the message counts from 1 */
  readonly position: number;
  readonly message: string;
  readonly remedy: string;
}

export const widthOf = (mask: number): number => {
  let width = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) width += 1;
  return width;
};
