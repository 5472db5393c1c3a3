import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { Pace } from './pace.ts';

describe('20 turns a second', () => {
  let clock: FakeClock;
  let pace: Pace;
  let taken: number[];
  const ask = (name: number): Promise<void> => pace.turn().then(() => void taken.push(name));
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  beforeEach(() => {
    clock = new FakeClock();
    pace = new Pace(20, clock);
    taken = [];
  });

  it('come at once, then every 50 ms, in order', async () => {
    for (let name = 0; name < 4; name += 1) void ask(name);
    await settled();
    expect(taken).toEqual([0]);
    clock.pass(50);
    await settled();
    expect(taken).toEqual([0, 1]);
    clock.pass(100);
    await settled();
    expect(taken).toEqual([0, 1, 2, 3]);
    expect(pace.waiting).toBe(0);
  });

  it('do not pile up while nobody asks', async () => {
    void ask(0);
    clock.pass(10_000);
    void ask(1);
    void ask(2);
    await settled();
    expect(taken).toEqual([0, 1]);
  });

  it('are over when the service stops', async () => {
    await ask(0);
    const waiting = ask(1);
    pace.close();
    await expect(waiting).rejects.toMatchObject({ kind: 'unavailable', code: 'check-sync/stopping' });
    await expect(ask(2)).rejects.toMatchObject({ code: 'check-sync/stopping' });
    expect(clock.waits).toEqual([]);
  });
});
