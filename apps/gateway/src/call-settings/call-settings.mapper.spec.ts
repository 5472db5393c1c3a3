import { CallSettings, LayerSettings } from '@sfs/contracts';
import { callSettingsView } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { settingsMessage, viewOf } from './call-settings.mapper.ts';

const layer = (name: string, settings: object): LayerSettings => LayerSettings.fromJSON({ layer: name, id: '', settings });

describe('call settings', () => {
  it('show what is set, what is in effect, and why', () => {
    const settings = CallSettings.fromJSON({ forwardAll: { kind: 'number', number: '1003' } });
    const view = viewOf({ meta: undefined, settings, layers: [layer('system', {}), layer('tenant', { callWaiting: false }), layer('site', {}), layer('user', settings)] });
    expect(callSettingsView.parse(view)).toEqual(view);
    expect(view.settings).toEqual({ forwardAll: { kind: 'number', number: '1003' } });
    expect(view.effective.forwardAll).toMatchObject({ value: { kind: 'number', number: '1003' }, origin: 'user' });
    expect(view.effective.callWaiting).toMatchObject({ value: false, origin: 'tenant' });
    expect(view.meta).toEqual({ version: 0, tag: '', changedAt: '', actor: '' });
  });

  it('of a site name no user layer', () => {
    const view = viewOf({ meta: undefined, settings: undefined, layers: [layer('system', {}), layer('tenant', {}), layer('site', {})] });
    expect(view.effective.callWaiting.layers.map(({ layer: name }) => name)).toEqual(['system', 'tenant', 'site']);
  });

  it('survive the way to the service and back', () => {
    const settings = { rejectOnNotReady: false, callWaiting: true, forwardAll: { kind: 'voicemail' }, forwardOnBusy: { kind: 'number', number: '*9' }, forwardOnNoAnswer: { kind: 'find-me' }, noAnswerTimeoutSeconds: 20 } as const;
    const wire = CallSettings.decode(CallSettings.encode(settingsMessage(settings)).finish());
    expect(viewOf({ meta: undefined, settings: wire, layers: [] }).settings).toEqual(settings);
    expect(viewOf({ meta: undefined, settings: CallSettings.decode(CallSettings.encode(settingsMessage({})).finish()), layers: [] }).settings).toEqual({});
  });
});
