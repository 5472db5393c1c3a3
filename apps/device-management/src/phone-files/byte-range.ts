import type { Validators } from './conditional.ts';

/** First and last byte, both inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const SINGLE = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/i;

/**
 * One range of bytes (RFC 9110 14.2). undefined = send the whole: no Range, several, another unit, not well-formed, or If-Range names another version.
 * Several would have to be answered in parts; phones ask for one, if any.
 */
export function readRange(asked: { range: string | undefined; ifRange: string | undefined }, size: number, validators: Validators): ByteRange | 'unsatisfiable' | undefined {
  const match = asked.range === undefined ? null : SINGLE.exec(asked.range.replace(/\s+/g, ''));
  if (!match || !isSameVersion(asked.ifRange, validators)) return undefined;
  const [, first, last, suffix] = match;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size);
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 };
  }
  const from = Number(first);
  if (last !== undefined && last !== '' && Number(last) < from) return undefined;
  if (from >= size) return 'unsatisfiable';
  return { first: from, last: last === undefined || last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

/** RFC 9110 13.1.5: a tag by strong comparison, a date by equality. */
function isSameVersion(ifRange: string | undefined, { etag, lastModified }: Validators): boolean {
  return ifRange === undefined || ifRange === etag || (lastModified !== '' && ifRange === lastModified);
}
