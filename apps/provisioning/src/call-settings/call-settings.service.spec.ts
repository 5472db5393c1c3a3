import { beforeEach, describe, expect, it } from 'vitest';
import type { CallSettings } from '@sfs/call-settings';
import { ANN, BEA, caller, refusalOf, scenario, type Scenario } from '../entities/spec-scenario.ts';
import { CallSettingsService } from './call-settings.service.ts';

const ofAnn = { layer: 'user', id: ANN } as const;
const wish = (settings: CallSettings, expectedTag = '', idempotencyKey = '') => ({ settings, expectedTag, idempotencyKey });

describe('call settings', () => {
  let at: Scenario;
  let settings: CallSettingsService;
  beforeEach(async () => {
    at = await scenario();
    settings = new CallSettingsService(at.store);
    await at.putUser(ANN, 'Ann');
    await at.putNumber('1001', ANN);
  });

  it('shows an untouched user as following all layers above', async () => {
    const view = await settings.get('default', ofAnn);
    expect(view.state).toBeUndefined();
    expect(view.settings).toEqual({});
    expect(view.layers.map(({ layer, id }) => [layer, id])).toEqual([['system', ''], ['tenant', ''], ['site', 'site-a'], ['user', ANN]]);
    expect(view.layers[0]?.settings).toMatchObject({ callWaiting: true, noAnswerTimeoutSeconds: 30 });
  });

  it('sets each layer by itself and shows them together', async () => {
    await settings.update(caller, { layer: 'tenant' }, wish({ callWaiting: false }));
    await settings.update(caller, { layer: 'site', id: 'site-a' }, wish({ noAnswerTimeoutSeconds: 10 }));
    const view = await settings.update(caller, ofAnn, wish({ forwardAll: { kind: 'number', number: '1003' } }));
    expect(view.layers.slice(1).map((layer) => layer.settings)).toEqual([{ callWaiting: false }, { noAnswerTimeoutSeconds: 10 }, { forwardAll: { kind: 'number', number: '1003' } }]);
    expect((await at.store.read('default', 'call-settings', 'tenant/'))?.body).toEqual({ layer: 'tenant', id: '', settings: { callWaiting: false } });
  });

  it('replaces a layer only from the version it is based on', async () => {
    const first = await settings.update(caller, ofAnn, wish({ callWaiting: false }));
    expect(await refusalOf(settings.update(caller, ofAnn, wish({ callWaiting: true })))).toMatchObject({ kind: 'conflict', code: 'call-settings/stale-version' });
    await settings.update(caller, ofAnn, wish({}, first.state?.tag));
    expect(await refusalOf(settings.update(caller, ofAnn, wish({}, first.state?.tag)))).toMatchObject({ code: 'call-settings/stale-version' });
  });

  it('answers a retry with the same key as the first time', async () => {
    const first = await settings.update(caller, ofAnn, wish({ callWaiting: false }, '', 'k'));
    expect(await settings.update(caller, ofAnn, wish({ callWaiting: false }, '', 'k'))).toEqual(first);
  });

  it('refuses forwarding to oneself, an impossible number and an odd timeout, naming the fields', async () => {
    expect(await refusalOf(settings.update(caller, ofAnn, wish({ forwardAll: { kind: 'number', number: '1001' } })))).toMatchObject({ code: 'call-settings/forward-to-self', field: 'forwardAll' });
    expect(await refusalOf(settings.update(caller, ofAnn, wish({ forwardOnBusy: { kind: 'number', number: '١٠٠١' } })))).toMatchObject({ code: 'call-settings/bad-number', field: 'forwardOnBusy' });
    expect(await refusalOf(settings.update(caller, ofAnn, wish({ noAnswerTimeoutSeconds: 7 })))).toMatchObject({ field: 'noAnswerTimeoutSeconds' });
  });

  it('knows layers of existing sites and users only', async () => {
    expect(await refusalOf(settings.get('default', { layer: 'user', id: BEA }))).toMatchObject({ code: 'users/unknown' });
    expect(await refusalOf(settings.get('default', { layer: 'site', id: 'site-x' }))).toMatchObject({ code: 'sites/unknown' });
    expect(await refusalOf(settings.get('other', ofAnn))).toMatchObject({ code: 'users/unknown' });
  });
});
