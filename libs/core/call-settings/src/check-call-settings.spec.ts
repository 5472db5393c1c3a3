import { describe, expect, it } from 'vitest';
import type { CallSettings, ForwardTarget } from './call-settings.ts';
import { checkCallSettings } from './check-call-settings.ts';

const to = (number: string): ForwardTarget => ({ kind: 'number', number });
const OWN = { ownNumbers: ['1002', '+493012345'] };

describe('accepts', () => {
  const cases: readonly (readonly [string, CallSettings])[] = [
    ['nothing set', {}],
    ['everything off', { rejectOnNotReady: false, callWaiting: false, forwardAll: { kind: 'off' }, forwardOnBusy: { kind: 'off' }, forwardOnNoAnswer: { kind: 'off' } }],
    ['numbers, feature codes and international ones', { forwardAll: to('1003'), forwardOnBusy: to('*21#'), forwardOnNoAnswer: to('+441632960001') }],
    ['the own mailbox for every forward', { forwardAll: { kind: 'voicemail' }, forwardOnBusy: { kind: 'voicemail' }, forwardOnNoAnswer: { kind: 'voicemail' } }],
    ['the shortest timeout', { noAnswerTimeoutSeconds: 5 }],
    ['the longest timeout', { noAnswerTimeoutSeconds: 60 }],
  ];
  it.each(cases)('%s', (_, settings) => {
    expect(checkCallSettings(settings, OWN)).toEqual({ ok: true, value: settings });
  });

  it('a number with separators, kept without them', () => {
    expect(checkCallSettings({ forwardAll: to('+44 (1632) 960-001') }, OWN)).toEqual({ ok: true, value: { forwardAll: to('+441632960001') } });
  });

  it('the number of a user at a layer that belongs to nobody', () => {
    expect(checkCallSettings({ forwardOnBusy: to('1002') }, { ownNumbers: [] }).ok).toBe(true);
  });
});

describe('refuses', () => {
  const cases: readonly (readonly [string, CallSettings, string, string])[] = [
    ['a forward to oneself', { forwardAll: to('1002') }, 'forwardAll', 'call-settings/forward-to-self'],
    ['a forward to oneself written otherwise', { forwardOnBusy: to('+49 30-12345') }, 'forwardOnBusy', 'call-settings/forward-to-self'],
    ['find me follow me', { forwardAll: { kind: 'find-me' } }, 'forwardAll', 'call-settings/find-me-not-available'],
    ['find me follow me on no answer', { forwardOnNoAnswer: { kind: 'find-me' } }, 'forwardOnNoAnswer', 'call-settings/find-me-not-available'],
    ['an empty number', { forwardAll: to('') }, 'forwardAll', 'call-settings/bad-number'],
    ['letters', { forwardAll: to('alice') }, 'forwardAll', 'call-settings/bad-number'],
    ['digits of another script', { forwardAll: to('١٠٠٣') }, 'forwardAll', 'call-settings/bad-number'],
    ['a SIP URI', { forwardAll: to('sip:1003@x') }, 'forwardAll', 'call-settings/bad-number'],
    ['33 digits', { forwardAll: to('1'.repeat(33)) }, 'forwardAll', 'call-settings/bad-number'],
    ['ten thousand digits', { forwardAll: to('1'.repeat(10_000)) }, 'forwardAll', 'call-settings/bad-number'],
    ['a line break', { forwardAll: to('1003\r\n') }, 'forwardAll', 'call-settings/bad-number'],
    ...[0, 4, 7, 61, 65, -5, 7.5, Number.NaN, Number.POSITIVE_INFINITY].map((seconds) => [`a timeout of ${seconds} s`, { noAnswerTimeoutSeconds: seconds }, 'noAnswerTimeoutSeconds', 'call-settings/bad-timeout'] as const),
  ];
  it.each(cases)('%s', (_, settings, field, code) => {
    expect(checkCallSettings(settings, OWN)).toMatchObject({ ok: false, error: [{ field, code }] });
  });

  it('all faults at once, each with a remedy', () => {
    const result = checkCallSettings({ forwardAll: { kind: 'find-me' }, forwardOnBusy: to('1002'), forwardOnNoAnswer: to('x'), noAnswerTimeoutSeconds: 7 }, OWN);
    const issues = result.ok ? [] : result.error;
    expect(issues.map(({ field }) => field)).toEqual(['forwardAll', 'forwardOnNoAnswer', 'forwardOnBusy', 'noAnswerTimeoutSeconds']);
    expect(issues.filter(({ message, remedy }) => message === '' || remedy === '')).toEqual([]);
  });
});
