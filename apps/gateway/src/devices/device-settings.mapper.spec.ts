import { DeviceLayer, DeviceSettings, EffectiveSetting } from '@sfs/contracts';
import { deviceLayer } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { effectiveOf, layerOf, profileOf, settingsMessage, settingsOf } from './device-settings.mapper.ts';

const ALL = {
  timeZone: 'Europe/Berlin',
  language: 'de',
  ntpServer: '',
  transport: 'tcp',
  registerSeconds: 600,
  outboundProxy: 'sip.example.net:5060',
  backupProxy: '',
  voicemailNumber: '*97',
  checkMinutes: 5,
  codecs: ['g722', 'pcma'],
  vendorParameters: { 'phone_setting.ring_type': 'Ring2.wav', __note: '"><script>' },
} as const;

const overTheWire = (settings: Parameters<typeof settingsMessage>[0]): DeviceSettings => DeviceSettings.decode(DeviceSettings.encode(settingsMessage(settings)).finish());

describe('device settings', () => {
  it('survive the way to the service and back, empty values included', () => {
    const settings = { ...ALL, codecs: [...ALL.codecs] };
    expect(settingsOf(overTheWire(settings))).toEqual(settings);
  });

  it('that are not set stay not set', () => {
    expect(settingsOf(overTheWire({}))).toEqual({});
    expect(settingsOf(overTheWire({ vendorParameters: {} }))).toEqual({});
    expect(settingsOf(undefined)).toEqual({});
  });

  it('in effect list the layers from system down, whatever order they came in', () => {
    const message = EffectiveSetting.fromJSON({ name: 'codecs', value: '["pcmu"]', origin: 'device', layers: { device: '["pcmu"]', system: '["pcma","pcmu"]', tenant: '["g722"]' } });
    expect(effectiveOf(message)).toEqual({
      name: 'codecs',
      value: ['pcmu'],
      origin: 'device',
      layers: [{ layer: 'system', value: ['pcma', 'pcmu'] }, { layer: 'tenant', value: ['g722'] }, { layer: 'device', value: ['pcmu'] }],
    });
  });

  it('of a layer where nothing was ever set have an empty tag', () => {
    const view = layerOf({ deviceLayer: DeviceLayer.fromJSON({ layer: 'tenant' }), effective: [EffectiveSetting.fromJSON({ name: 'checkMinutes', value: '60', origin: 'system', layers: { system: '60' } })] });
    expect(deviceLayer.parse(view)).toEqual(view);
    expect(view).toMatchObject({ meta: { version: 0, tag: '' }, settings: {}, effective: [{ value: 60 }] });
  });

  it('of a profile come with how many devices use it', () => {
    const profile = { meta: undefined, id: 'reception', name: 'Reception', settings: settingsMessage({ language: 'fr' }) };
    expect(profileOf({ profile, devices: 2 })).toMatchObject({ id: 'reception', name: 'Reception', settings: { language: 'fr' }, devices: 2 });
    expect(() => profileOf({ profile: undefined, devices: 0 })).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});
