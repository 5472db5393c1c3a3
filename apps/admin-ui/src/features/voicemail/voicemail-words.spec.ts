import { describe, expect, it } from 'vitest';
import { aboutOf, callerOf, duration, flawOf, isLocked, lampWords, settingWords, stateOf } from './voicemail-words.ts';

const NOON = Date.parse('2026-11-25T12:00:00Z');

describe('voicemail in words', () => {
  it.each([
    [0, '0:00'],
    [8_400, '0:08'],
    [59_600, '1:00'],
    [725_000, '12:05'],
  ])('says %i ms as %s', (ms, words) => expect(duration(ms)).toBe(words));

  it('names the caller by name, else by number, else as withheld', () => {
    expect(callerOf({ fromName: 'Clover Marsh', fromNumber: '1003' })).toBe('Clover Marsh');
    expect(callerOf({ fromName: '', fromNumber: '1003' })).toBe('1003');
    expect(callerOf({ fromName: '', fromNumber: '' })).toBe('Number withheld');
  });

  it('says beneath it why the call came here, and the number only once', () => {
    expect(aboutOf({ fromName: 'Clover Marsh', fromNumber: '1003', reason: 'no-answer' })).toBe('1003, no answer');
    expect(aboutOf({ fromName: '', fromNumber: '1003', reason: 'busy' })).toBe('on another call');
  });

  it('says how much of a recording is missing', () => {
    expect(flawOf({ packetsLost: 0, durationMs: 9_000 })).toBe('');
    expect(flawOf({ packetsLost: 25, durationMs: 9_000 })).toBe('0.5 s of 0:09 never arrived: silence there.');
  });

  it('knows a lock only until it opens', () => {
    expect(isLocked('2026-11-25T12:00:01Z', NOON)).toBe(true);
    expect(isLocked('2026-11-25T12:00:00Z', NOON)).toBe(false);
    expect(isLocked(null, NOON)).toBe(false);
    expect(stateOf({ lockedUntil: null, pinMustChange: true }, NOON).words).toBe('One-time PIN not used yet');
  });

  it('never calls a lamp lit that no phone was told of', () => {
    expect(lampWords({ lit: true, phones: 0, toldAt: null })).toMatchObject({ kind: 'warn', words: 'Should be lit, no phone was told' });
    expect(lampWords({ lit: true, phones: 2, toldAt: '2026-11-25T12:00:00Z' })).toMatchObject({ kind: 'ok', words: 'Lit on 2 phones' });
    expect(lampWords({ lit: false, phones: 1, toldAt: '2026-11-25T12:00:00Z' })).toMatchObject({ kind: 'off', words: 'Dark on 1 phone' });
  });

  it('says values as people read them', () => {
    expect(settingWords('maxMessageSeconds', 180)).toBe('3:00');
    expect(settingWords('administratorMayListen', false)).toBe('Off');
    expect(settingWords('timeZone', undefined)).toBe('not set');
  });
});
