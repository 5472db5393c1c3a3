import { describe, expect, it } from 'vitest';
import { monthsBefore } from './audit.store.cassandra.ts';

describe('months of the audit', () => {
  it('go back across years', () => {
    expect(monthsBefore('2026-01', 1)).toBe('2025-12');
    expect(monthsBefore('2026-11', 14)).toBe('2025-09');
    expect(monthsBefore('2026-11', 0)).toBe('2026-11');
  });
});
