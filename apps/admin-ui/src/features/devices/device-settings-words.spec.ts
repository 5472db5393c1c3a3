import type { EffectiveDeviceSetting } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { diffSettings, effectiveWith, parameterNames, rungsOf, settingWords, withParameter, withSetting } from './device-settings-words.ts';

const effective: readonly EffectiveDeviceSetting[] = [
  { name: 'voicemailNumber', value: '99', origin: 'profile', layers: [{ layer: 'system', value: '' }, { layer: 'tenant', value: '98' }, { layer: 'profile', value: '99' }] },
  { name: 'transport', value: 'tcp', origin: 'device', layers: [{ layer: 'system', value: 'udp' }, { layer: 'device', value: 'tcp' }] },
  { name: 'vendorParameters.lcd', value: '3', origin: 'site', layers: [{ layer: 'site', value: '3' }] },
];
const rungs = (ownValue: unknown) => rungsOf({ effective, name: 'voicemailNumber', own: 'device', ownValue, names: { profile: 'Profile Berlin desk' }, words: (value) => settingWords('voicemailNumber', value) });

describe('device settings', () => {
  it('lets the strongest layer win and keeps the others to be seen', () => {
    expect(rungs(undefined).map(({ name, set, wins, words }) => [name, set, wins, words])).toEqual([
      ['System', true, false, 'none'],
      ['Tenant', true, false, '98'],
      ['Site', false, false, 'not set'],
      ['Profile Berlin desk', true, true, '99'],
      ['This device', false, false, 'not set'],
    ]);
  });

  it('shows the unsaved value at once', () => {
    expect(rungs('97').at(-1)).toMatchObject({ wins: true, words: '97' });
    expect(effectiveWith(effective, 'transport', 'device', undefined)).toMatchObject({ value: 'udp', origin: 'system' });
  });

  it('takes an empty value for one that is set: none', () => {
    expect(rungs('').at(-1)).toMatchObject({ set: true, wins: true, words: 'none' });
  });

  it('asks a tenant nothing of profiles', () => {
    expect(effectiveWith(effective, 'voicemailNumber', 'tenant', undefined)).toMatchObject({ value: '', origin: 'system' });
  });

  it('leaves out what follows, for a PUT replaces all', () => {
    expect(withSetting({ transport: 'tcp', language: 'de' }, 'transport', undefined)).toEqual({ language: 'de' });
    expect(withParameter({ vendorParameters: { lcd: '3' } }, 'lcd', undefined)).toEqual({});
    expect(withParameter({}, 'lcd', '')).toEqual({ vendorParameters: { lcd: '' } });
  });

  it('names vendor parameters of weaker layers too', () => {
    expect(parameterNames(effective, { vendorParameters: { beep: '1' } }, 'device')).toEqual(['beep', 'lcd']);
    expect(parameterNames(effective, {}, 'tenant')).toEqual([]);
  });

  it('says old, new and what it no longer follows', () => {
    const spec = { effective, own: 'device', names: {} } as const;
    expect(diffSettings({}, { voicemailNumber: '97', vendorParameters: { beep: '1' } }, spec)).toEqual([
      { label: 'Voicemail key calls', was: '99', will: '97', note: 'no longer follows Profile' },
      { label: 'beep', was: 'not set', will: '1' },
    ]);
    expect(diffSettings({ transport: 'tcp' }, {}, spec)).toEqual([{ label: 'SIP transport', was: 'TCP', will: 'UDP', note: 'follows System' }]);
  });

  it('says values as people do', () => {
    expect(settingWords('codecs', ['g722', 'pcma'])).toBe('G.722, G.711 A-law');
    expect(settingWords('language', 'de')).toBe('German');
    expect(settingWords('registerSeconds', 300)).toBe('300 s');
    expect(settingWords('outboundProxy', '')).toBe('by the SIP domain');
  });
});
