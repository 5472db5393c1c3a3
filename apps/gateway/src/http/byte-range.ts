export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const UNIT = /^bytes=(.*)$/i;
const ONE_RANGE = /^[ \t]*(?:(\d+)-(\d*)|-(\d+))[ \t]*$/;

/**
 * RFC 9110, 14.2: a Range that is malformed, of another unit or of many parts is ignored ('whole'); one that asks for nothing that is there is
 * 'unsatisfiable'.
 */
export function byteRangeOf(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, from, to, suffix] = ONE_RANGE.exec(UNIT.exec(header ?? '')?.[1] ?? '') ?? [];
  if (suffix !== undefined) return lastBytes(Number(suffix), size);
  if (from === undefined) return 'whole';
  const first = Number(from);
  const last = to === undefined || to === '' ? size - 1 : Number(to);
  if (to !== '' && last < first) return 'whole';
  return first >= size ? 'unsatisfiable' : { first, last: Math.min(last, size - 1) };
}

function lastBytes(count: number, size: number): ByteRange | 'unsatisfiable' {
  return count === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(0, size - count), last: size - 1 };
}
