import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '@sfs/kernel';
import { eventually } from '@sfs/testing';
import { RecomputeQueue } from './recompute-queue.ts';

const away = new DomainError('unavailable', 'store/away', 'The store cannot be reached.');
const nameOf = (at: number): string => `mac-${at}`;

describe('devices whose file may have changed', () => {
  let done: string[];
  let failing: Set<string>;
  let atOnce: number;
  let mostAtOnce: number;
  let queue: RecomputeQueue;
  beforeEach(() => {
    [done, failing, atOnce, mostAtOnce] = [[], new Set(), 0, 0];
    queue = new RecomputeQueue({ recompute, log: pino({ level: 'silent' }), debounceMs: 20, retryMs: 40 });
  });
  afterEach(() => queue.close());
  const recompute = async (mac: string): Promise<void> => {
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
    done.push(mac);
    if (failing.has(mac)) throw away;
  };
  const until = (count: number): Promise<true> => eventually(`${count} looked at`, () => (done.length >= count ? true : undefined));

  it('are looked at once for all changes that come together', async () => {
    for (let at = 0; at < 10; at += 1) queue.touch(['a', 'b']);
    await until(2);
    queue.touch(['a']);
    await until(3);
    expect(done).toEqual(['a', 'b', 'a']);
  });

  it('are looked at 50 at a time', async () => {
    queue.touch(Array.from({ length: 230 }, (_, at) => nameOf(at)));
    await until(230);
    expect(mostAtOnce).toBe(50);
    expect(new Set(done).size).toBe(230);
  });

  it('are tried again when a neighbour is away, without trying all of them in vain', async () => {
    for (let at = 0; at < 200; at += 1) failing.add(nameOf(at));
    queue.touch(failing);
    await until(50);
    await eventually('the wait', () => queue.size === 200 || undefined);
    expect(done).toHaveLength(50);
    failing.clear();
    await until(250);
    expect(queue.size).toBe(0);
  });

  it('do not wait for one that fails', async () => {
    failing.add('bad');
    queue.touch(['bad', 'good']);
    await until(2);
    queue.touch(['later']);
    await eventually('the later one', () => done.includes('later') || undefined);
    await eventually('the bad one again', () => done.filter((mac) => mac === 'bad').length >= 2 || undefined);
  });

  it('are dropped when the service stops', async () => {
    queue.touch(['a']);
    await queue.close();
    queue.touch(['b']);
    expect(queue.size).toBe(0);
    // one that began after it and waits as long has had its turn
    const other = new RecomputeQueue({ recompute, log: pino({ level: 'silent' }), debounceMs: 20 });
    other.touch(['c']);
    await until(1);
    await other.close();
    expect(done).toEqual(['c']);
  });
});
