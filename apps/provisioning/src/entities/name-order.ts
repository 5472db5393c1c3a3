/** A list entry costs a row per word: nobody searches for the ninth word of a name. */
const MOST_WORDS = 8;
const LONGEST_KEY = 200;

/** How names are ordered and compared: without case and accents. */
export function sortKeyOf(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, LONGEST_KEY);
}

/** The rest of the name from each word on: a prefix of any word is a prefix of one of these. */
export function wordKeys(name: string): string[] {
  const key = sortKeyOf(name);
  const starts = [...key.matchAll(/[^\s\-'.,()/]+/g)].slice(0, MOST_WORDS);
  return starts.map(({ index }) => key.slice(index));
}

export interface Position {
  readonly key: string;
  readonly id: string;
}

/**
 * A user whose name has two words with the prefix is listed twice. Keeps the first hit of each, in the order of the list.
 * `after` is where the page before ended; a user whose first hit lies at or before it was shown there.
 */
export function firstHits<T extends { readonly id: string; readonly name: string }>(items: readonly T[], prefix: string, after: Position | undefined): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const first = { key: firstKey(item.name, prefix), id: item.id };
    if (seen.has(item.id) || (after !== undefined && comparePositions(first, after) <= 0)) return false;
    seen.add(item.id);
    return true;
  });
}

/** Where the list stands after these items: of each the smallest key that is not before the one of its predecessor. */
export function endOf(items: readonly { readonly id: string; readonly name: string }[], prefix: string, after: Position | undefined): Position | undefined {
  return items.reduce<Position | undefined>((at, item) => {
    const hits = matching(item.name, prefix).map((key) => ({ key, id: item.id }));
    return hits.find((hit) => at === undefined || comparePositions(hit, at) > 0) ?? at;
  }, after);
}

function firstKey(name: string, prefix: string): string {
  return matching(name, prefix)[0] ?? '';
}

function matching(name: string, prefix: string): string[] {
  return wordKeys(name).filter((key) => key.startsWith(prefix)).sort(compareText);
}

function comparePositions(a: Position, b: Position): number {
  return compareText(a.key, b.key) || compareText(a.id, b.id);
}

/** As the store orders text: by its UTF-8 bytes. */
function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
