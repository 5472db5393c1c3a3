import { describe, expect, it } from 'vitest';
import { stateOf, type Standing } from './device-state.ts';

const now = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const standing = (more: Partial<Standing>): Standing => ({ declaredRevision: 3, runningRevision: 3, lastSeenAt: now - 1000, checkMinutes: 60, ...more });

describe('how a device stands', () => {
  it.each([
    ['assigned', 'it never fetched', { runningRevision: 0 }],
    ['assigned', 'it never fetched and was never seen', { runningRevision: 0, declaredRevision: 0, lastSeenAt: 0 }],
    ['in-step', 'it runs the newest revision', {}],
    ['in-step', 'it missed two looks', { lastSeenAt: now - 3 * hour }],
    ['drift', 'it runs an older revision', { runningRevision: 2 }],
    ['drift', 'it runs one that is not known here yet', { runningRevision: 4 }],
    ['not-seen', 'it missed three looks', { lastSeenAt: now - 3 * hour - 1 }],
    ['not-seen', 'it missed three looks with an old revision', { runningRevision: 2, lastSeenAt: now - 9 * hour }],
    ['not-seen', 'it looks often and is silent', { checkMinutes: 5, lastSeenAt: now - 16 * 60_000 }],
    ['in-step', 'it looks once a day', { checkMinutes: 1440, lastSeenAt: now - 71 * hour }],
  ] as const)('%s: %s', (state, _why, more) => {
    expect(stateOf(standing(more), now)).toBe(state);
  });
});
