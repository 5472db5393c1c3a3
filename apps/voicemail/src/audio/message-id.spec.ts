import { newTimeUuid } from '@sfs/cassandra';
import { describe, expect, it } from 'vitest';
import { firstIdAt, isMessageId, timeOfId } from './message-id.ts';

describe('ids of messages', () => {
  it('tell when they were drawn', () => {
    const before = Date.now();
    const at = timeOfId(newTimeUuid());
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  it('are found again from their time', () => {
    const at = Date.UTC(2026, 10, 25, 6, 30, 0, 123);
    expect(isMessageId(firstIdAt(at))).toBe(true);
    expect(timeOfId(firstIdAt(at))).toBe(at);
  });

  it.each(['', '1', '00000000-0000-4000-8000-000000000001', `${firstIdAt(0)}0`])('refuse %j', (text) => {
    expect(isMessageId(text)).toBe(false);
  });
});
