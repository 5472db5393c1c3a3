import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAYER_NAMES, SYSTEM_DEVICE_SETTINGS, effectiveDeviceSettings, type DeviceSettings, type SettingLayers } from './device-settings.ts';

const find = (layers: SettingLayers, name: string): unknown => effectiveDeviceSettings(layers).settings.find((setting) => setting.name === name);

describe('a setting', () => {
  it('follows System while no layer sets it', () => {
    const { values, settings } = effectiveDeviceSettings({});
    expect(values).toEqual(SYSTEM_DEVICE_SETTINGS);
    expect(new Set(settings.map(({ origin }) => origin))).toEqual(new Set(['system']));
    expect(settings.map(({ name }) => name)).toEqual(Object.keys(SYSTEM_DEVICE_SETTINGS).filter((name) => name !== 'vendorParameters'));
  });

  it('tells what each layer says', () => {
    expect(find({ tenant: { transport: 'tcp' }, device: { transport: 'udp' }, profile: { language: 'de' } }, 'transport')).toEqual({
      name: 'transport',
      value: 'udp',
      origin: 'device',
      layers: [{ layer: 'system', value: 'udp' }, { layer: 'tenant', value: 'tcp' }, { layer: 'device', value: 'udp' }],
    });
  });

  it('is set by what means nothing, too', () => {
    expect(find({ tenant: { voicemailNumber: '*98' }, site: { voicemailNumber: '' } }, 'voicemailNumber')).toMatchObject({ value: '', origin: 'site' });
  });
});

describe('vendor parameters', () => {
  it('add up name by name, in the order of their names', () => {
    const { values, settings } = effectiveDeviceSettings({ tenant: { vendorParameters: { b: '1', a: '1' } }, device: { vendorParameters: { b: '2' } } });
    expect(Object.entries(values.vendorParameters)).toEqual([['a', '1'], ['b', '2']]);
    expect(settings.slice(-2)).toEqual([
      { name: 'vendorParameters.a', value: '1', origin: 'tenant', layers: [{ layer: 'tenant', value: '1' }] },
      { name: 'vendorParameters.b', value: '2', origin: 'device', layers: [{ layer: 'tenant', value: '1' }, { layer: 'device', value: '2' }] },
    ]);
  });

  it('may be named like something every object has', () => {
    const layers = { tenant: { vendorParameters: {} }, site: { vendorParameters: { constructor: 'x' } } };
    expect(effectiveDeviceSettings(layers).values.vendorParameters).toEqual({ constructor: 'x' });
    expect(find(layers, 'vendorParameters.constructor')).toMatchObject({ origin: 'site', layers: [{ layer: 'site', value: 'x' }] });
  });
});

const someSettings = fc.record<DeviceSettings>({ language: fc.constantFrom('de', 'fr'), checkMinutes: fc.integer({ min: 5, max: 1440 }), outboundProxy: fc.constantFrom('', 'a:5060'), vendorParameters: fc.dictionary(fc.constantFrom('p', 'q', 'r'), fc.string()) }, { requiredKeys: [] });

it('the strongest layer that says something wins, and is the origin', () => {
  const layers = fc.record({ tenant: someSettings, site: someSettings, profile: someSettings, device: someSettings }, { requiredKeys: [] });
  fc.assert(
    fc.property(layers, (set) => {
      const { values, settings } = effectiveDeviceSettings(set);
      const strongestFirst = LAYER_NAMES.toReversed().map((layer) => ({ layer, settings: layer === 'system' ? SYSTEM_DEVICE_SETTINGS : set[layer] }));
      for (const name of ['language', 'checkMinutes', 'outboundProxy'] as const) {
        const winner = strongestFirst.find((layer) => layer.settings?.[name] !== undefined);
        expect(settings.find((setting) => setting.name === name)).toMatchObject({ value: winner?.settings?.[name], origin: winner?.layer });
        expect(values[name]).toBe(winner?.settings?.[name]);
      }
      for (const name of ['p', 'q', 'r']) {
        const winner = strongestFirst.find((layer) => layer.settings?.vendorParameters?.[name] !== undefined);
        expect(values.vendorParameters[name]).toBe(winner?.settings?.vendorParameters?.[name]);
        expect(settings.find((setting) => setting.name === `vendorParameters.${name}`)?.origin).toBe(winner?.layer);
      }
    }),
  );
});
