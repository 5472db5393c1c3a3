import { DeviceSettings as SettingsMessage } from '@sfs/contracts';
import { describe, expect, it } from 'vitest';
import type { DeviceSettings } from '@sfs/phone-config';
import { settingsOf, toSettings } from './settings.mapper.ts';

const EVERYTHING: DeviceSettings = {
  timeZone: 'Europe/Berlin',
  language: 'de',
  ntpServer: '',
  transport: 'tcp',
  registerSeconds: 600,
  outboundProxy: 'proxy.example:5062',
  backupProxy: '',
  voicemailNumber: '5555',
  checkMinutes: 30,
  codecs: ['g722', 'pcma'],
  vendorParameters: { 'phone.tone': '1' },
};

describe('settings on the wire', () => {
  it.each([['everything', EVERYTHING], ['nothing', {}], ['values that are empty', { ntpServer: '', voicemailNumber: '' }]])('are the same on both sides: %s', (_what, settings) => {
    expect(settingsOf(SettingsMessage.decode(SettingsMessage.encode(toSettings(settings)).finish()))).toEqual(settings);
  });

  it('are nothing when the message is missing', () => {
    expect(settingsOf(undefined)).toEqual({});
  });
});
