import { describe, expect, it } from 'vitest';
import { SYSTEM_SETTINGS, checkSettings, effectiveSettings } from './settings.ts';

describe('a setting', () => {
  it('follows System while it is not set', () => {
    const effective = effectiveSettings({});
    expect(effective.maxMessages).toEqual({ value: 10, origin: 'system', layers: [{ layer: 'system', value: 10 }, { layer: 'mailbox', value: undefined }] });
    expect(Object.fromEntries(Object.entries(effective).map(([name, { value }]) => [name, value]))).toEqual(SYSTEM_SETTINGS);
  });

  it('is the mailbox’s own once set, also to what System says and to false', () => {
    expect(effectiveSettings({ maxMessages: 10 }).maxMessages.origin).toBe('mailbox');
    expect(effectiveSettings({ administratorMayListen: false }).administratorMayListen).toMatchObject({ value: false, origin: 'mailbox' });
  });
});

it.each([{}, { maxMessages: 1 }, { maxMessages: 1000, maxMessageSeconds: 3600 }, { maxMessageSeconds: 10 }, { timeZone: 'Europe/Berlin' }, { timeZone: 'UTC', administratorMayListen: true }, { timeZone: 'America/Argentina/Buenos_Aires' }])('accepts %j', (set) => {
  expect(checkSettings(set)).toEqual({ ok: true, value: set });
});

describe('refuses', () => {
  it.each([
    ...[0, -1, 1001, 2.5, Number.NaN].map((maxMessages) => [{ maxMessages }, 'maxMessages'] as const),
    ...[9, 3601, Number.POSITIVE_INFINITY].map((maxMessageSeconds) => [{ maxMessageSeconds }, 'maxMessageSeconds'] as const),
    ...['', 'Mars/Olympus', '+02:00', 'Europe/Berlin\n', 'x'.repeat(10_000)].map((timeZone) => [{ timeZone }, 'timeZone'] as const),
  ])('%j', (set, field) => {
    expect(checkSettings(set)).toMatchObject({ ok: false, error: [{ field }] });
  });

  it('all faults at once, each with a remedy', () => {
    const result = checkSettings({ maxMessages: 0, maxMessageSeconds: 0, timeZone: 'x' });
    const issues = result.ok ? [] : result.error;
    expect(issues.map(({ field }) => field)).toEqual(['maxMessages', 'maxMessageSeconds', 'timeZone']);
    expect(issues.filter(({ message, remedy }) => message === '' || remedy === '')).toEqual([]);
  });
});
