import type { DeviceEvent } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { eventWords, openHint } from './device-events.ts';

const event = (part: Partial<DeviceEvent>): DeviceEvent => ({ id: 'e', at: '2026-11-25T09:00:00Z', kind: 'request', subject: '00908f4e027b.cfg', status: 200, outcome: 'credential', address: '10.0.0.7', userAgent: '', sizeBytes: 1_204, revision: 42, actor: '', hint: '', ...part });

describe('the timeline in words', () => {
  it('tells a fetch with what was served', () => {
    expect(eventWords(event({}))).toEqual({ kind: 'ok', what: 'Fetched {file} with its credential', file: '00908f4e027b.cfg', about: '200, r42, 1.2 kB, from 10.0.0.7', source: 'HTTP' });
  });

  it('marks what carries a hint though the answer was fine', () => {
    expect(eventWords(event({ outcome: 'bootstrap', revision: 0, hint: 'was it reset?' })).kind).toBe('warn');
    expect(eventWords(event({ outcome: 'bootstrap', revision: 0 })).kind).toBe('plain');
  });

  it('marks refusals as faults', () => {
    expect(['refused', 'wrong-credential'].map((outcome) => eventWords(event({ outcome, status: 401 })).kind)).toEqual(['bad', 'bad']);
    expect(eventWords(event({ outcome: 'limited', status: 429 })).kind).toBe('warn');
  });

  it('says whom a window was opened for, and by whom', () => {
    expect(eventWords(event({ kind: 'window-opened', actor: 'admin', address: '' })).about).toBe('for any address, by admin');
    expect(eventWords(event({ kind: 'window-opened', actor: 'admin' })).about).toBe('for 10.0.0.7 only, by admin');
  });

  it('says what caused a revision and how a check-sync was answered', () => {
    expect(eventWords(event({ kind: 'revision', revision: 43, subject: 'the name changed', actor: 'admin' }))).toMatchObject({ what: 'Configuration r43 declared', about: 'the name changed, by admin' });
    expect(eventWords(event({ kind: 'notify', status: 480 }))).toMatchObject({ kind: 'warn', what: 'Asked to fetch now: not registered', source: 'NOTIFY' });
  });

  it('shows an event it does not know rather than hide it', () => {
    expect(eventWords(event({ kind: 'action-url', subject: 'idle' }))).toMatchObject({ kind: 'plain', what: 'action-url', about: 'idle, from 10.0.0.7' });
    expect(eventWords(event({ outcome: 'teapot' })).what).toBe('Asked for {file} teapot');
  });
});

describe('what its requests say is still wrong', () => {
  const hint = 'It asks without its credential: was it reset?';

  it('is the newest hint', () => {
    expect(openHint([event({ outcome: 'common' }), event({ outcome: 'bootstrap', hint })])).toBe(hint);
  });

  it('is over once the phone fetched after it', () => {
    expect(openHint([event({}), event({ outcome: 'bootstrap', hint })])).toBe('');
  });
});
