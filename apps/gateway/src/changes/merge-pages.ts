import { DomainError } from '@sfs/kernel';
import type { Change } from '@sfs/rest-contract';
import { z } from 'zod';

export interface ChangesSource {
  readonly name: string;
  /** Newest first. */
  page(pageToken: string, pageSize: number): Promise<{ items: Change[]; nextPageToken: string }>;
}

export interface ChangesPage {
  items: Change[];
  nextPageToken: string;
}

/** Where a source goes on: its own page token, and within that page the last change that was shown; null = at its end. */
const position = z.object({ token: z.string(), after: z.string() }).nullable();
const positions = z.record(z.string(), position);
type Position = { token: string; after: string };

interface Part {
  readonly name: string;
  readonly from: Position;
  readonly items: readonly Change[];
  readonly next: string;
}

/** One list out of many, newest first. A page token carries the position in every source, so nothing is lost or shown twice. */
export async function mergePages(sources: readonly ChangesSource[], pageToken: string, pageSize: number): Promise<ChangesPage> {
  const start = decode(pageToken);
  const open = sources.flatMap((source) => {
    const from = start === undefined ? { token: '', after: '' } : (start[source.name] ?? null);
    return from === null ? [] : [{ source, from }];
  });
  const parts = await Promise.all(open.map(({ source, from }) => partOf(source, from, pageSize)));
  const horizon = horizonOf(parts);
  const items = parts
    .flatMap((part) => part.items)
    .filter((item) => keyOf(item) >= horizon)
    .sort(newestFirst)
    .slice(0, pageSize);
  const shown = new Set(items);
  const next = parts.map((part) => [part.name, positionAfter(part, shown)] as const);
  return { items, nextPageToken: next.every(([, at]) => at === null) ? '' : encode(Object.fromEntries(next)) };
}

async function partOf(source: ChangesSource, from: Position, pageSize: number): Promise<Part> {
  const page = await source.page(from.token, pageSize);
  const items = page.items.filter((item) => from.after === '' || keyOf(item) < from.after).toSorted(newestFirst);
  if (items.length === 0 && page.nextPageToken !== '') return partOf(source, { token: page.nextPageToken, after: '' }, pageSize);
  return { name: source.name, from, items, next: page.nextPageToken };
}

/** Beyond the last change of a source that has more, only that source knows what comes next. */
function horizonOf(parts: readonly Part[]): string {
  return parts.reduce((newest, { items, next }) => {
    const last = items.at(-1);
    return next !== '' && last && keyOf(last) > newest ? keyOf(last) : newest;
  }, '');
}

function newestFirst(a: Change, b: Change): number {
  return keyOf(a) < keyOf(b) ? 1 : -1;
}

function positionAfter({ from, items, next }: Part, shown: ReadonlySet<Change>): Position | null {
  const last = items.findLast((item) => shown.has(item));
  if (items.some((item) => !shown.has(item))) return { token: from.token, after: last ? keyOf(last) : from.after };
  return next === '' ? null : { token: next, after: '' };
}

/** Time first; the rest makes the order total, so that equal times keep their places from page to page. */
function keyOf({ time, kind, entityId, version }: Change): string {
  return `${time} ${kind} ${entityId} ${version}`;
}

function encode(value: z.infer<typeof positions>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(pageToken: string): z.infer<typeof positions> | undefined {
  if (pageToken === '') return undefined;
  try {
    return positions.parse(JSON.parse(Buffer.from(pageToken, 'base64url').toString()));
  } catch {
    throw new DomainError('invalid', 'changes/page-token', 'This page token is not ours', { field: 'pageToken', remedy: 'Begin at the first page.' });
  }
}
