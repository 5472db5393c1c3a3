import { describe, expect, it } from 'vitest';
import { aView } from './a-view.ts';
import { diffInWords } from './diff-in-words.ts';

const names = { site: 'Site Berlin' };

describe('the unsaved changes in words', () => {
  it('says nothing while nothing differs', () => {
    const view = aView({ forwardAll: { kind: 'number', number: '1003' } });
    expect(diffInWords(view, view.settings, { forwardAll: { kind: 'number', number: '1003' } }, 'user', names)).toEqual([]);
  });

  it('says which layer is no longer followed', () => {
    const view = aView({}, { site: { noAnswerTimeoutSeconds: 20 } });
    expect(diffInWords(view, {}, { noAnswerTimeoutSeconds: 25 }, 'user', names)).toEqual([{ label: 'No answer after', was: '20 s', will: '25 s', note: 'no longer follows Site Berlin' }]);
  });

  it('says which layer is followed again, with its value', () => {
    const saved = { forwardAll: { kind: 'number' as const, number: '1003' } };
    expect(diffInWords(aView(saved), saved, {}, 'user', names)).toEqual([{ label: 'Forward all calls', was: 'to 1003', will: 'Off', note: 'follows System again' }]);
  });

  it('says that the own mailbox takes calls again, or no longer', () => {
    const off = { forwardOnBusy: { kind: 'off' as const } };
    expect(diffInWords(aView(off), off, {}, 'user', names)).toEqual([{ label: 'On busy', was: 'Off', will: 'Own mailbox when there is one', note: 'follows System again' }]);
    expect(diffInWords(aView(), {}, off, 'user', names)).toEqual([{ label: 'On busy', was: 'Own mailbox when there is one', will: 'Off', note: 'no longer follows System' }]);
  });

  it('compares two values set here without a word about layers', () => {
    const saved = { forwardOnBusy: { kind: 'off' as const } };
    expect(diffInWords(aView(saved), saved, { forwardOnBusy: { kind: 'number', number: '1100' } }, 'user', names)).toEqual([{ label: 'On busy', was: 'Off', will: 'to 1100' }]);
  });

  it('lists several changes in the order a call meets them', () => {
    const lines = diffInWords(aView(), {}, { forwardOnNoAnswer: { kind: 'number', number: '1' }, callWaiting: false, forwardAll: { kind: 'number', number: '2' } }, 'user', names);
    expect(lines.map((line) => line.label)).toEqual(['Forward all calls', 'Call waiting', 'On no answer']);
  });

  it('does not mistake a changed layer above for a change here', () => {
    const view = aView({}, { tenant: { callWaiting: false } });
    expect(diffInWords(view, {}, {}, 'user', names)).toEqual([]);
  });
});
