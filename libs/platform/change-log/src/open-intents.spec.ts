import { expect, test } from 'vitest';
import type { Intent } from './intent-log.store.ts';
import { OpenIntents } from './open-intents.ts';

const anIntent = (id: string, minute = 100): Intent => ({ id, origin: 'site-a', minute, atMs: 0, operation: { tenant: 't', actor: 'a', request: '', rows: [] } });

test('an intent seen again, late and out of order, is not worked on again', () => {
  const open = new OpenIntents();
  open.add([anIntent('new', 105)], 0);
  open.close(anIntent('new', 105));
  open.add([anIntent('old', 90), anIntent('new', 105)], 1);
  expect(open.due(1, 10).map(({ intent }) => intent.id)).toEqual(['old']);
});

test('what is new comes before what is left of a gap', () => {
  const open = new OpenIntents();
  open.add([anIntent('gap', 90), anIntent('now', 105)], 0);
  expect(open.due(0, 1).map(({ intent }) => intent.id)).toEqual(['now']);
});

test('the watermark may not pass what is open, and done ids before it are forgotten', () => {
  const open = new OpenIntents();
  open.add([anIntent('a', 90), anIntent('b', 95)], 0);
  expect(open.earliestMinute('site-a')).toBe(90);
  open.close(anIntent('a', 90));
  expect(open.earliestMinute('site-a')).toBe(95);
  expect(open.earliestMinute('site-b')).toBe(Number.POSITIVE_INFINITY);
  open.forgetBefore('site-a', 95);
  open.add([anIntent('a', 90)], 1);
  expect(open.due(1, 10)).toHaveLength(2);
});

test('is looked at again soon at first, at most every second for a minute, then every ten', () => {
  const open = new OpenIntents();
  open.add([anIntent('a')], 0);
  const [one] = open.due(0, 1);
  if (one === undefined) throw new Error('not due');
  const waits = [0, 100, 300, 700, 1_700, 61_000].map((now) => {
    open.later(one, now);
    return one.dueAt - now;
  });
  expect(waits).toEqual([100, 200, 400, 800, 1_000, 10_000]);
});
