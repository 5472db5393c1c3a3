import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Entity } from '../projection/entity.ts';

/** First line of the file. */
export interface SnapshotHead {
  readonly format: 1;
  readonly savedAt: string;
  readonly instance: string;
  /** switches whose plan is in it, complete */
  readonly switches: readonly string[];
  /** `owner@site` -> ms since the epoch of the last tick */
  readonly ticks: Readonly<Record<string, number>>;
}

export interface Snapshot {
  readonly head: SnapshotHead;
  readonly entities: readonly Entity[];
}

export class SnapshotDamaged extends Error {}

const SEAL = 'hmac-sha256 ';

/** Renders head, one line an entity, and a seal over all of it. Lines are yielded in pieces, so that the writer can let calls through in between. */
export function* renderSnapshot(head: SnapshotHead, entities: Iterable<Entity>, key: string): Generator<string> {
  const seal = createHmac('sha256', key);
  let piece = `${JSON.stringify(head)}\n`;
  let lines = 1;
  for (const entity of entities) {
    piece += `${JSON.stringify(entity)}\n`;
    if (++lines % LINES_A_PIECE !== 0) continue;
    seal.update(piece);
    yield piece;
    piece = '';
  }
  seal.update(piece);
  yield `${piece}${SEAL}${seal.digest('hex')}\n`;
}

/** About 1 ms of rendering. */
const LINES_A_PIECE = 500;

/** Throws SnapshotDamaged for anything that the holder of the key did not write whole. */
export function parseSnapshot(text: string, key: string): Snapshot {
  const at = text.lastIndexOf(`\n${SEAL}`);
  if (at < 0) throw new SnapshotDamaged('it ends without a seal');
  const body = text.slice(0, at + 1);
  const expected = createHmac('sha256', key).update(body).digest();
  const given = Buffer.from(text.slice(at + 1 + SEAL.length).trimEnd(), 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new SnapshotDamaged('its seal does not fit its content, or was made with another key');
  const [first = '', ...lines] = body.trimEnd().split('\n');
  const head = JSON.parse(first) as SnapshotHead;
  if (head.format !== 1) throw new SnapshotDamaged(`its format is ${String(head.format)}, this program reads 1`);
  return { head, entities: lines.map((line) => JSON.parse(line) as Entity) };
}
