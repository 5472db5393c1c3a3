import { expect, it } from 'vitest';
import { SpacingHistogram } from './spacing.ts';

it('tells what half, 99 % and 99.9 % of packets keep to, and the worst', () => {
  const histogram = new SpacingHistogram();
  for (let count = 0; count < 980; count += 1) histogram.add(20.04);
  for (let count = 0; count < 15; count += 1) histogram.add(25.5);
  const other = new SpacingHistogram();
  for (const ms of [30, 31, 32, 33, 5000]) other.add(ms);
  histogram.merge(other.counts);
  expect(histogram.summary()).toEqual({ p50: 20, p99: 25.5, p999: 33, max: 999.9 });
});

it('has nothing to tell when nothing was sent', () => {
  expect(new SpacingHistogram().summary()).toEqual({ p50: 0, p99: 0, p999: 0, max: 0 });
});
