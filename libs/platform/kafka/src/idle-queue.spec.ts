import { afterEach, describe, expect, test, vi } from 'vitest';
import { RestingQueue } from './idle-queue.ts';

const logger = { debug: () => undefined };

function request(correlationId: number, sent: number[]): object {
  return { entry: { correlationId }, expectResponse: true, sendRequest: () => void sent.push(correlationId) };
}

afterEach(() => vi.useRealTimers());

describe('the queue of requests of a connection', () => {
  test('leaves no timer while nothing waits', () => {
    vi.useFakeTimers();
    const queue = new RestingQueue({ maxInFlightRequests: null, requestTimeout: 5_000, enforceRequestTimeout: false, logger });
    queue.push(request(1, []));
    queue.checkPendingRequests();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('sends what the broker has slowed down, in its time', () => {
    vi.useFakeTimers();
    const sent: number[] = [];
    const queue = new RestingQueue({ maxInFlightRequests: null, requestTimeout: 5_000, enforceRequestTimeout: false, logger });
    queue.maybeThrottle(300);
    queue.push(request(1, sent));
    queue.push(request(2, sent));
    vi.advanceTimersByTime(290);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(30);
    expect(sent).toEqual([1, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
