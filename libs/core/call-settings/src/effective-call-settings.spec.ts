import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallSettings, ForwardTarget, LayerName } from './call-settings.ts';
import { diffCallSettings } from './diff-call-settings.ts';
import { effectiveCallSettings } from './effective-call-settings.ts';
import { SETTING_NAMES, SYSTEM_DEFAULTS } from './system-defaults.ts';

const to = (number: string): ForwardTarget => ({ kind: 'number', number });

describe('effective values', () => {
  it('are the defaults of the system while nothing is set', () => {
    const effective = effectiveCallSettings({});
    for (const name of SETTING_NAMES) expect(effective[name]).toMatchObject({ value: SYSTEM_DEFAULTS[name], origin: 'system' });
    expect(SYSTEM_DEFAULTS).toEqual({ rejectOnNotReady: false, callWaiting: true, forwardAll: { kind: 'off' }, forwardOnNoAnswer: { kind: 'off' }, noAnswerTimeoutSeconds: 30, forwardOnBusy: { kind: 'off' } });
  });

  it('come from the strongest layer that sets them, each on its own', () => {
    const effective = effectiveCallSettings({ tenant: { callWaiting: false, noAnswerTimeoutSeconds: 20 }, site: { noAnswerTimeoutSeconds: 15 }, user: { forwardAll: to('1003') } });
    expect(effective.callWaiting).toMatchObject({ value: false, origin: 'tenant' });
    expect(effective.noAnswerTimeoutSeconds).toEqual({
      value: 15,
      origin: 'site',
      layers: [
        { layer: 'system', value: 30 },
        { layer: 'tenant', value: 20 },
        { layer: 'site', value: 15 },
        { layer: 'user', value: undefined },
      ],
    });
    expect(effective.forwardAll).toMatchObject({ value: to('1003'), origin: 'user' });
    expect(effective.rejectOnNotReady.origin).toBe('system');
  });

  it('let a user switch off what the site forwards', () => {
    expect(effectiveCallSettings({ site: { forwardOnBusy: to('1999') }, user: { forwardOnBusy: { kind: 'off' } } }).forwardOnBusy).toMatchObject({ value: { kind: 'off' }, origin: 'user' });
  });

  it('follow the administrator live: "System" is no copy', () => {
    const user: CallSettings = {};
    expect(effectiveCallSettings({ tenant: { noAnswerTimeoutSeconds: 20 }, user }).noAnswerTimeoutSeconds.value).toBe(20);
    expect(effectiveCallSettings({ tenant: { noAnswerTimeoutSeconds: 45 }, user }).noAnswerTimeoutSeconds.value).toBe(45);
  });

  it('always name a layer that holds the value, and none above it does', { timeout: 30_000 }, () => {
    const layer = fc.record({ callWaiting: fc.boolean(), noAnswerTimeoutSeconds: fc.constantFrom(5, 30, 60) }, { requiredKeys: [] });
    const order: readonly LayerName[] = ['system', 'tenant', 'site', 'user'];
    fc.assert(
      fc.property(layer, layer, layer, (tenant, site, user) => {
        for (const { value, origin, layers } of [effectiveCallSettings({ tenant, site, user }).callWaiting]) {
          expect(layers.map((one) => one.layer)).toEqual(order);
          expect(layers.findLast((one) => one.value !== undefined)).toEqual({ layer: origin, value });
        }
      }),
    );
  });
});

describe('the difference of two states in words', () => {
  it('tells every kind of forward apart', () => {
    const kinds: readonly ForwardTarget[] = [{ kind: 'off' }, to('1003'), { kind: 'voicemail' }, { kind: 'find-me' }];
    expect(kinds.flatMap((forwardAll) => diffCallSettings({}, { forwardAll })).map(({ after }) => after)).toEqual(['off', '1003', 'voicemail', 'find me']);
  });

  it('names only what changed, in the order of the page', () => {
    expect(diffCallSettings({ callWaiting: true, noAnswerTimeoutSeconds: 30 }, { callWaiting: true, noAnswerTimeoutSeconds: 15, forwardAll: to('1003'), rejectOnNotReady: false })).toEqual([
      { setting: 'rejectOnNotReady', before: 'follows', after: 'off' },
      { setting: 'forwardAll', before: 'follows', after: '1003' },
      { setting: 'noAnswerTimeoutSeconds', before: '30 s', after: '15 s' },
    ]);
  });

  it('is empty for equal states', () => {
    expect(diffCallSettings({ forwardAll: to('1003') }, { forwardAll: to('1003') })).toEqual([]);
  });
});
