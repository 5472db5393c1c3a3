/** One place of a pattern: how it is shown, and what it takes. */
export interface PatternToken {
  readonly text: string;
  readonly kind: 'literal' | 'class' | 'set' | 'many';
  readonly words: string;
}

export interface PatternFault {
  /** 1-based, as a person counts */
  readonly position: number;
  readonly message: string;
}

const CLASSES: Readonly<Record<string, string>> = { X: 'one digit', Z: '1–9', N: '2–9' };
const MANY: Readonly<Record<string, string>> = { '.': 'then any digits', '!': 'then any digits or none' };

/** For showing and explaining; what is valid is decided by the dial-plan service, this only says the common slips earlier. */
export function parsePattern(pattern: string): { readonly tokens: readonly PatternToken[]; readonly fault?: PatternFault } {
  const tokens: PatternToken[] = [];
  for (let at = 0; at < pattern.length; ) {
    const char = pattern.charAt(at);
    if (char === '[') {
      const end = pattern.indexOf(']', at);
      if (end < 0) return { tokens: [...tokens, { text: pattern.slice(at), kind: 'set', words: '?' }], fault: { position: at + 1, message: `The set opened at position ${at + 1} is not closed. Add the last digit and ], for example ${pattern.slice(0, at)}[3-5].` } };
      const text = pattern.slice(at, end + 1);
      tokens.push({ text, kind: 'set', words: setWords(text.slice(1, -1)) });
      if (text === '[]') return { tokens, fault: { position: at + 1, message: `The set at position ${at + 1} is empty. Put digits in it, for example [3-5].` } };
      at = end + 1;
    } else {
      tokens.push(tokenOf(char));
      if (!isKnown(char)) return { tokens, fault: { position: at + 1, message: `“${char}” at position ${at + 1} is not part of a pattern. Use digits, * and #, X, Z, N, a set like [3-5], and . or ! at the end.` } };
      if (MANY[char] && at < pattern.length - 1) return { tokens, fault: { position: at + 1, message: `“${char}” at position ${at + 1} takes everything that follows. Put it at the end.` } };
      at += 1;
    }
  }
  return { tokens };
}

/** "0, then 1–9, then any digits" */
export function patternWords(pattern: string): string {
  const parts: string[] = [];
  for (const token of parsePattern(pattern).tokens) {
    const last = parts.at(-1);
    if (token.kind === 'literal' && last !== undefined && /^[0-9*#+]+$/.test(last)) parts[parts.length - 1] = last + token.text;
    else parts.push(token.words);
  }
  return joinRuns(parts);
}

function joinRuns(parts: readonly string[]): string {
  const runs: { words: string; times: number }[] = [];
  for (const words of parts) {
    const last = runs.at(-1);
    if (last?.words === words && words === CLASSES.X) last.times += 1;
    else runs.push({ words, times: 1 });
  }
  return runs.map(({ words, times }, at) => (at > 0 && !words.startsWith('then') ? `then ${times > 1 ? `${times} digits` : words}` : times > 1 ? `${times} digits` : words)).join(', ');
}

function tokenOf(char: string): PatternToken {
  if (CLASSES[char]) return { text: char, kind: 'class', words: CLASSES[char] };
  if (MANY[char]) return { text: char, kind: 'many', words: MANY[char] };
  return { text: char, kind: 'literal', words: char };
}

function isKnown(char: string): boolean {
  return /^[0-9*#+XZN.!]$/.test(char);
}

function setWords(inner: string): string {
  const ranges = [...inner.matchAll(/([0-9*#])(?:-([0-9]))?/g)].map(([, from, to]) => (to ? `${from}–${to}` : `${from}`));
  if (ranges.length === 0) return 'one of nothing';
  return ranges.length === 1 ? (ranges[0] ?? '') : `${ranges.slice(0, -1).join(', ')} or ${ranges.at(-1) ?? ''}`;
}
