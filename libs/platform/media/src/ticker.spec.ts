import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Ticker } from './ticker.ts';

let ticks: number[];
const ticker = new Ticker((now) => ticks.push(now - begun));
let begun: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  ticks = [];
  begun = performance.now();
  ticker.start();
});
afterEach(() => {
  ticker.stop();
  vi.useRealTimers();
});

/** The thread was busy for so long: no timer ran. */
function stall(ms: number): void {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + ms);
  vi.advanceTimersToNextTimer();
  vi.mocked(performance.now).mockRestore();
}

it('ticks fifty times a second', () => {
  vi.advanceTimersByTime(1000);
  expect(ticks).toEqual(Array.from({ length: 50 }, (_, index) => (index + 1) * 20));
});

it('makes up for ticks that were late', () => {
  stall(90);
  expect(ticks).toHaveLength(4);
});

it('leaves out the ticks of a long stall', () => {
  stall(5000);
  expect(ticks).toHaveLength(1);
});

it('stops', () => {
  vi.advanceTimersByTime(50);
  ticker.stop();
  vi.advanceTimersByTime(500);
  expect(ticks).toEqual([20, 40]);
});
