import { describe, expect, it } from 'vitest';
import { aView } from './a-view.ts';
import { previewCall } from './call-preview.ts';
import { effectiveWith, effectiveWords, inherited, shownValue, withSetting } from './effective.ts';
import { SETTING_KEYS, type SettingKey } from './settings-words.ts';

describe('effective values with a draft', () => {
  it('lets the strongest layer win and keeps the covered ones', () => {
    const view = aView({}, { site: { noAnswerTimeoutSeconds: 15 }, tenant: { noAnswerTimeoutSeconds: 20 } });
    const setting = effectiveWith(view, { noAnswerTimeoutSeconds: 25 }, 'noAnswerTimeoutSeconds', 'user');
    expect(setting).toMatchObject({ value: 25, origin: 'user' });
    expect(setting.layers.map((layer) => layer.value)).toEqual([30, 20, 15, 25]);
  });

  it('falls back to the layer above once it is no longer set here', () => {
    const view = aView({ noAnswerTimeoutSeconds: 25 }, { site: { noAnswerTimeoutSeconds: 15 } });
    expect(inherited(view, 'noAnswerTimeoutSeconds', 'user')).toEqual({ value: 15, origin: 'site' });
  });

  it('takes the draft of a layer the server never heard of', () => {
    const view = aView();
    const bare = { ...view, effective: { ...view.effective, callWaiting: { ...view.effective.callWaiting, layers: view.effective.callWaiting.layers.filter(({ layer }) => layer !== 'user') } } };
    expect(effectiveWith(bare, { callWaiting: false }, 'callWaiting', 'user')).toMatchObject({ value: false, origin: 'user' });
  });

  it('treats false as a value, not as unset', () => {
    const view = aView({}, { site: { callWaiting: false } });
    expect(effectiveWith(view, {}, 'callWaiting', 'user')).toMatchObject({ value: false, origin: 'site' });
  });

  it('removes a setting instead of storing undefined', () => {
    expect(Object.keys(withSetting({ callWaiting: false }, 'callWaiting', undefined))).toEqual([]);
  });
});

describe('a forward nobody has set', () => {
  it('leads to the own mailbox, and off stays a choice', () => {
    const setting = effectiveWith(aView(), {}, 'forwardOnBusy', 'user');
    expect([effectiveWords('forwardOnBusy', setting), shownValue('forwardOnBusy', setting)]).toEqual(['Own mailbox when there is one', { kind: 'voicemail' }]);
    const off = effectiveWith(aView(), { forwardOnBusy: { kind: 'off' } }, 'forwardOnBusy', 'user');
    expect([effectiveWords('forwardOnBusy', off), shownValue('forwardOnBusy', off)]).toEqual(['Off', { kind: 'off' }]);
  });

  it('for all calls is off', () => {
    const setting = effectiveWith(aView(), {}, 'forwardAll', 'user');
    expect([effectiveWords('forwardAll', setting), shownValue('forwardAll', setting)]).toEqual(['Off', { kind: 'off' }]);
  });
});

describe('what the settings make of a call', () => {
  const preview = (draft: Parameters<typeof effectiveWith>[1]) => previewCall('1002', Object.fromEntries(SETTING_KEYS.map((key) => [key, effectiveWith(aView(), draft, key, 'user')])) as Record<SettingKey, ReturnType<typeof effectiveWith>>).map((step) => step.text);

  it('ends at the forward when all calls are forwarded', () => {
    expect(preview({ forwardAll: { kind: 'number', number: '1003' } })).toEqual(['Not Ready is ignored', 'Forward all to 1003']);
  });

  it('rings, then says what happens when busy and when nobody answers', () => {
    expect(preview({ forwardOnNoAnswer: { kind: 'number', number: '1100' } })).toEqual(['Not Ready is ignored', 'Forward all: off', 'Ring 1002 for 30 s', 'Busy: to the own mailbox when there is one', 'No answer: to 1100']);
  });

  it('ends where somebody has set off, goes to the mailbox where somebody has set that', () => {
    expect(preview({ forwardOnNoAnswer: { kind: 'off' }, forwardOnBusy: { kind: 'voicemail' } }).slice(-2)).toEqual(['Busy: to the own mailbox', 'No answer: the call ends']);
    expect(preview({ forwardAll: { kind: 'voicemail' } }).at(-1)).toBe('Forward all to the own mailbox');
  });
});
