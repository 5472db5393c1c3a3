/** The part of regular expressions that packs may use, as a tree: characters, classes, groups, alternatives, repeats of one character. */
export type Shape =
  | { readonly kind: 'one'; readonly set: ReadonlySet<string>; readonly min: number; readonly isVariable: boolean }
  | { readonly kind: 'group'; readonly alternatives: readonly (readonly Shape[])[]; readonly isOptional: boolean };

/** Every ASCII character, and one that stands for all others. */
const EVERY: readonly string[] = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), 'other'];
const ESCAPES: Readonly<Record<string, RegExp>> = { d: /^[0-9]$/, w: /^[A-Za-z0-9_]$/, s: /^[\t-\r ]$/ };

export class PatternError extends Error {}

/** Throws PatternError with what is not allowed. The anchors are not part of `source`. */
export function shapeOf(source: string): readonly Shape[] {
  const reader = new Reader(source);
  const [only, ...more] = reader.alternatives();
  if (!reader.isAtEnd) throw new PatternError('is no regular expression');
  if (more.length > 0) throw new PatternError('must not have alternatives outside a group: anchors bind to one of them only');
  return only ?? [];
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  alternatives(): readonly (readonly Shape[])[] {
    const all: Shape[][] = [[]];
    while (!this.isAtEnd && this.#next !== ')') {
      if (this.#take('|')) all.push([]);
      else all.at(-1)?.push(this.#item());
    }
    return all;
  }

  get #next(): string {
    return this.#source.charAt(this.#at);
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(pattern: RegExp): readonly string[] | undefined {
    const match = pattern.exec(this.#source.slice(this.#at));
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match;
  }

  #item(): Shape {
    if (this.#take('(')) return this.#group();
    const set = this.#take('[') ? this.#class() : this.#take('.') ? new Set(EVERY) : folding(this.#character());
    const { min, max } = this.#quantifier();
    return { kind: 'one', set, min, isVariable: min !== max };
  }

  #group(): Shape {
    if (this.#match(/^\?(?:[=!]|<[=!])/)) throw new PatternError('must not look ahead or behind');
    const name = this.#match(/^\?<([A-Za-z]+)>/)?.[1];
    if (name !== undefined && !['model', 'firmware', 'mac'].includes(name)) throw new PatternError(`has a group ${JSON.stringify(name)}; known are model, firmware, mac`);
    if (name === undefined && !this.#take('?:') && this.#next === '?') throw new PatternError('has a group of a kind that is not known');
    const alternatives = this.alternatives();
    if (!this.#take(')')) throw new PatternError('is no regular expression');
    const { min, max } = this.#quantifier();
    if (max !== 1) throw new PatternError('must not repeat a group');
    return { kind: 'group', alternatives, isOptional: min === 0 };
  }

  #quantifier(): { readonly min: number; readonly max: number } {
    const [, sign, low, comma, high] = this.#match(/^(?:([*+?])|\{(\d{1,3})(,?)(\d{0,3})\})/) ?? [];
    if (this.#next === '?' && (sign !== undefined || low !== undefined)) throw new PatternError('must not repeat lazily');
    if (sign !== undefined) return { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
    if (low === undefined) return { min: 1, max: 1 };
    return { min: Number(low), max: comma === '' ? Number(low) : high === '' ? Infinity : Number(high) };
  }

  #class(): ReadonlySet<string> {
    const isNot = this.#take('^');
    const members = new Set<string>();
    while (!this.#take(']')) {
      if (this.isAtEnd) throw new PatternError('is no regular expression');
      const [from = '', ...rest] = this.#character();
      const to = rest.length > 0 ? undefined : this.#match(/^-(?!\])(\\?[^\\])/)?.[1]?.at(-1);
      if (to === undefined) [from, ...rest].forEach((one) => members.add(one));
      else EVERY.filter((one) => one >= from && one <= to && one.length === 1).forEach((one) => members.add(one));
    }
    const folded = folding(members);
    return isNot ? new Set(EVERY.filter((one) => !folded.has(one))) : folded;
  }

  #character(): ReadonlySet<string> {
    const [, escaped] = this.#match(/^\\(.)/s) ?? [];
    if (escaped !== undefined) return escapeSet(escaped);
    const plain = this.#next;
    this.#at += 1;
    if (plain > '~') throw new PatternError('must have ASCII characters only');
    return new Set([plain]);
  }
}

function escapeSet(escaped: string): ReadonlySet<string> {
  const known = ESCAPES[escaped];
  if (known !== undefined) return new Set(EVERY.filter((one) => known.test(one)));
  if (/[1-9k]/.test(escaped)) throw new PatternError('must not refer back to a group');
  if (/[A-Za-z0-9]/.test(escaped)) throw new PatternError(`has an unknown escape \\${escaped}`);
  return new Set([escaped]);
}

/** Patterns match letters in any case. */
const folding = (members: ReadonlySet<string>): ReadonlySet<string> => new Set([...members].flatMap((one) => (one.length === 1 ? [one.toLowerCase(), one.toUpperCase()] : [one])));
