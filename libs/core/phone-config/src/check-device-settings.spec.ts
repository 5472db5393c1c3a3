import { describe, expect, it } from 'vitest';
import { checkDeviceSettings } from './check-device-settings.ts';
import { SYSTEM_DEVICE_SETTINGS } from './device-settings.ts';

it.each([{}, SYSTEM_DEVICE_SETTINGS, { language: undefined }, { outboundProxy: 'sbc.example.net' }, { backupProxy: '10.0.0.1:65535' }, { codecs: ['g722', 'pcma', 'pcmu'] }, { voicemailNumber: '*98#' }, { vendorParameters: { 'account.1.sip_server.1.port': '', 'voip/line/0/id': '%NULL%' } }])('accepts %j', (settings) => {
  expect(checkDeviceSettings(settings)).toEqual({ ok: true, value: settings });
});

describe('refuses', () => {
  it.each<readonly [unknown, string]>([
    [null, ''],
    [[], ''],
    ['x', ''],
    [{ colour: 'red' }, 'colour'],
    [JSON.parse('{ "__proto__": { "language": "de" } }'), '__proto__'],
    ...['Mars/Olympus', '', '+02:00', 'UTC\n', 7].map((timeZone) => [{ timeZone }, 'timeZone'] as const),
    ...['EN', 'eng', '', 'e1'].map((language) => [{ language }, 'language'] as const),
    ...['a b', 'a:1', 'x'.repeat(256)].map((ntpServer) => [{ ntpServer }, 'ntpServer'] as const),
    [{ transport: 'tls' }, 'transport'],
    ...[59, 3601, 60.5, '60', Number.NaN].map((registerSeconds) => [{ registerSeconds }, 'registerSeconds'] as const),
    ...['a:', 'a:0x1', 'a:65536', 'a\n', 'sip:a', '[::1]:5060'].map((outboundProxy) => [{ outboundProxy }, 'outboundProxy'] as const),
    [{ backupProxy: ' ' }, 'backupProxy'],
    ...['1 2', '+', 'x', '1'.repeat(33)].map((voicemailNumber) => [{ voicemailNumber }, 'voicemailNumber'] as const),
    ...[4, 1441].map((checkMinutes) => [{ checkMinutes }, 'checkMinutes'] as const),
    ...[[], ['opus'], ['pcma', 'pcma'], 'pcma', ['pcma', 'pcmu', 'g722', 'pcma']].map((codecs) => [{ codecs }, 'codecs'] as const),
    [{ vendorParameters: [] }, 'vendorParameters'],
    [{ vendorParameters: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${String(index)}`, ''])) }, 'vendorParameters'],
    ...['', 'a b', 'a=b', 'a\n', 'x'.repeat(129)].map((name) => [{ vendorParameters: { [name]: '' } }, `vendorParameters.${name}`] as const),
    ...['a\nb', '\u2028', '\u0085', '\uD800', 'x'.repeat(513), 1].map((value) => [{ vendorParameters: { a: value } }, 'vendorParameters.a'] as const),
  ])('%j', (settings, field) => {
    const result = checkDeviceSettings(settings);
    expect(result).toMatchObject({ ok: false, error: { field } });
    if (!result.ok) expect([result.error.message, result.error.remedy]).not.toContain('');
  });
});
