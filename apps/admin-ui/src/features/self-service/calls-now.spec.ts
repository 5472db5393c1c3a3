import type { CallSettings } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { aView } from '../call-settings/a-view.ts';
import { callsNow } from './calls-now.ts';

const said = (own: CallSettings, above: Parameters<typeof aView>[1] = {}) => callsNow(aView(own, above), own).map(({ text }) => text);

describe('where my calls go', () => {
  it('to the phone, then to the mailbox while nobody has set anything', () => {
    expect(said({})).toEqual(['ring your phone', 'after 30 s to your mailbox, if you have one', 'if you are on a call to your mailbox, if you have one']);
  });

  it('nowhere further where I, or the company, have said off', () => {
    expect(said({ forwardOnNoAnswer: { kind: 'off' } }, { tenant: { forwardOnBusy: { kind: 'off' } } })).toEqual(['ring your phone', 'after 30 s the call ends', 'if you are on a call the call ends']);
  });

  it('to a number or to the mailbox as I have set it', () => {
    expect(said({ forwardOnNoAnswer: { kind: 'number', number: '1003' }, forwardOnBusy: { kind: 'voicemail' } })).toEqual(['ring your phone', 'after 30 s to 1003', 'if you are on a call to your mailbox']);
  });

  it.each([
    [{ kind: 'number', number: '1003' }, 'go to 1003'],
    [{ kind: 'number', number: '' }, 'go to a number not given yet'],
    [{ kind: 'voicemail' }, 'go to your mailbox'],
  ] as const)('past the phone when all are forwarded: %j', (forwardAll, text) => {
    expect(callsNow(aView({ forwardAll }), { forwardAll })).toEqual([{ text, why: 'your phone does not ring' }]);
  });
});
