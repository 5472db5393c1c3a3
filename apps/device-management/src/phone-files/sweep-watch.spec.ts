import { describe, expect, it } from 'vitest';
import { DistinctCount } from './distinct-count.ts';
import { SweepLog } from './sweep-log.ts';
import { SweepWatch, type SweepWatchOptions } from './sweep-watch.ts';
import { TenantNames } from './tenant-names.ts';

const mac = (index: number): string => (0x805ec0000000 + index).toString(16).padStart(12, '0');

function aWatch(given: Partial<SweepWatchOptions> = {}) {
  const clock = { now: 1_000_000 };
  return { clock, watch: new SweepWatch({ limit: 300, now: () => clock.now, ...given }) };
}

describe('the watch for sweeps', () => {
  it('lets an address ask for as many different MACs as the limit, again and again', () => {
    const { watch } = aWatch();
    for (let turn = 0; turn < 3; turn++) for (let i = 0; i < 300; i++) expect(watch.asked('192.0.2.1', mac(i)).limited).toBe(false);
    expect(watch.asked('192.0.2.1', mac(300))).toEqual({ limited: true, began: true });
    expect(watch.asked('192.0.2.1', mac(0))).toEqual({ limited: true, began: false });
    expect(watch.asked('192.0.2.2', mac(0)).limited).toBe(false);
  });

  it('lets it ask again when the window is over', () => {
    const { watch, clock } = aWatch();
    for (let i = 0; i <= 300; i++) watch.asked('192.0.2.1', mac(i));
    clock.now += 599_999;
    expect(watch.asked('192.0.2.1', mac(0)).limited).toBe(true);
    clock.now += 1;
    expect(watch.asked('192.0.2.1', mac(0)).limited).toBe(false);
  });

  it('does not count who shows its credential in the end', () => {
    const { watch } = aWatch();
    for (let i = 0; i < 10_000; i++) {
      expect(watch.asked('192.0.2.1', mac(i)).limited).toBe(false);
      watch.proved('192.0.2.1', mac(i));
    }
    expect(watch.size).toEqual({ addresses: 0, macs: 0, sweeps: 0 });
  });

  it('reports a sweep each time it went on, then forgets it', () => {
    const { watch, clock } = aWatch();
    for (let i = 0; i < 50_000; i++) watch.asked('192.0.2.1', mac(i));
    const [first] = watch.report();
    expect(first).toMatchObject({ address: '192.0.2.1', beganAt: 1_000_000, refused: 49_700 });
    expect(Math.abs((first?.macs ?? 0) - 50_000)).toBeLessThan(5_000);
    expect(watch.report()).toEqual([]);
    clock.now += 1_000;
    watch.asked('192.0.2.1', mac(1));
    expect(watch.report()).toMatchObject([{ beganAt: 1_000_000, lastAt: 1_001_000, refused: 49_701 }]);
    clock.now += 600_000;
    watch.report();
    expect(watch.size.sweeps).toBe(0);
  });

  it('holds no more than it may, whatever comes: 50,000 addresses, then addresses with many MACs each, then many sweeps', () => {
    const { watch } = aWatch({ maxAddresses: 2_000, maxMacs: 10_000, maxSweeps: 50 });
    for (let i = 0; i < 50_000; i++) watch.asked(`${i}`, mac(i % 7));
    expect(watch.size).toEqual({ addresses: 2_000, macs: 2_000, sweeps: 0 });
    for (let i = 0; i < 50_000; i++) watch.asked(`b${Math.floor(i / 250)}`, mac(i));
    expect(watch.size.macs).toBeLessThanOrEqual(10_000);
    for (let i = 0; i < 30_100; i++) watch.asked(`c${Math.floor(i / 301)}`, mac(i));
    expect(watch.size.sweeps).toBe(50);
  }, 60_000);

  it('forgets whose window is over', () => {
    const { watch, clock } = aWatch();
    watch.asked('192.0.2.1', mac(1));
    clock.now += 300_000;
    watch.asked('192.0.2.2', mac(1));
    clock.now += 300_000;
    watch.report();
    expect(watch.size).toEqual({ addresses: 1, macs: 1, sweeps: 0 });
  });
});

describe('the count of different numbers', () => {
  it.each([1, 10, 300, 5_000, 100_000])('is near %i, in order and scattered', (many) => {
    for (const step of [1, 7_919, 65_536]) {
      const count = new DistinctCount();
      for (let i = 0; i < many; i++) count.add(0x805ec0000000 + i * step);
      for (let i = 0; i < Math.min(many, 1000); i++) count.add(0x805ec0000000 + i * step);
      expect(Math.abs(count.count - many)).toBeLessThanOrEqual(Math.max(1, many * 0.12));
    }
  });
});

describe('the log of sweeps', () => {
  it('has one line a minute for each address, and one for all beyond twenty', () => {
    const lines: unknown[] = [];
    const log = new SweepLog({ warn: (line: unknown) => void lines.push(line) } as never);
    const sweep = (address: string, refused: number) => ({ address, beganAt: 0, lastAt: 0, macs: 400, refused });
    log.note(sweep('a', 1));
    log.note(sweep('a', 2));
    log.flush(60_000);
    log.note(sweep('a', 3));
    log.flush(70_000);
    expect(lines).toEqual([{ address: 'a', macs: 400, refused: 2 }]);
    for (let i = 0; i < 30; i++) log.note(sweep(`b${i}`, 100 + i));
    log.flush(120_000);
    expect(lines).toHaveLength(1 + 20 + 1);
    expect(lines.at(-1)).toEqual({ addresses: 11 });
  });
});

describe('tenants in the path', () => {
  it('are believed up to a number', () => {
    const names = new TenantNames(2);
    expect(['', 'default', 'a', 'b', 'c', 'a'].map((name) => names.resolve(name))).toEqual(['default', 'default', 'a', 'b', undefined, 'a']);
  });
});
