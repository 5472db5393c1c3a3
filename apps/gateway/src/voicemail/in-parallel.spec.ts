import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

describe('inParallel', () => {
  it('keeps the order, and never runs more at a time than it may', async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([3, 1, 2, 5, 4], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
      running -= 1;
      return item * 10;
    });
    expect(results).toEqual([30, 10, 20, 50, 40]);
    expect(most).toBe(2);
  });

  it('fails with the first that fails, and does nothing for nothing', async () => {
    await expect(inParallel([1, 2], 2, async (item) => Promise.reject(new Error(`no ${item}`)))).rejects.toThrow('no 1');
    expect(await inParallel([], 2, async () => 1)).toEqual([]);
  });
});
