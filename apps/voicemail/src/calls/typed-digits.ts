export interface DigitsWanted {
  readonly max: number;
  /** '' = none: every key counts */
  readonly terminator: '#' | '';
}

export interface TakenDigits {
  readonly digits: string;
  readonly end: 'full' | 'terminator';
  /** dialled ahead, for whoever asks next */
  readonly rest: string;
}

/** The answer to a question out of what has been dialled so far; undefined while more is wanted. */
export function takeDigits(typed: string, { max, terminator }: DigitsWanted): TakenDigits | undefined {
  const ended = terminator === '' ? -1 : typed.indexOf(terminator);
  if (ended >= 0 && ended < max) return { digits: typed.slice(0, ended), end: 'terminator', rest: typed.slice(ended + 1) };
  return typed.length < max ? undefined : { digits: typed.slice(0, max), end: 'full', rest: typed.slice(max) };
}
