import { type Result, fail, ok } from '@sfs/kernel';
import type { DeviceSettings } from './device-settings.ts';

export interface DeviceSettingsFault {
  /** of a vendor parameter: vendorParameters.NAME */
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

type Check = (value: unknown) => boolean;

const isText = (pattern: RegExp): Check => (value) => typeof value === 'string' && pattern.test(value);
const isOneOf = (...words: readonly string[]): Check => (value) => typeof value === 'string' && words.includes(value);
const isWhole = (min: number, max: number): Check => (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

const isHostPort: Check = (value) => typeof value === 'string' && value.length <= 255 && /^$|^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(value) && Number(/:(\d+)$/.exec(value)?.[1] ?? '1') <= 65_535;

/** Names only: offsets such as +02:00 know no summer time. */
function isTimeZone(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function isCodecs(value: unknown): boolean {
  return Array.isArray(value) && value.length >= 1 && value.length <= 3 && new Set(value).size === value.length && value.every(isOneOf('pcma', 'pcmu', 'g722'));
}

const RULES: Readonly<Record<Exclude<keyof DeviceSettings, 'vendorParameters'>, { readonly holds: Check; readonly message: string; readonly remedy: string }>> = {
  timeZone: { holds: isTimeZone, message: 'This time zone is not known.', remedy: 'Choose an IANA name such as Europe/Berlin or UTC.' },
  language: { holds: isText(/^[a-z]{2}$/), message: 'A language is two letters of ISO 639-1.', remedy: 'Choose for example en or de.' },
  ntpServer: { holds: isText(/^[A-Za-z0-9.-]{0,255}$/), message: 'This is no host name or address.', remedy: 'Give a host name or an address, or nothing.' },
  transport: { holds: isOneOf('udp', 'tcp'), message: 'Phones register over udp or tcp.', remedy: 'Choose udp or tcp.' },
  registerSeconds: { holds: isWhole(60, 3600), message: 'Phones register every 60 to 3600 seconds.', remedy: 'Choose a whole number from 60 to 3600.' },
  outboundProxy: { holds: isHostPort, message: 'This is no HOST or HOST:PORT.', remedy: 'Give a host name or address, with :PORT when it is not 5060, or nothing.' },
  backupProxy: { holds: isHostPort, message: 'This is no HOST or HOST:PORT.', remedy: 'Give a host name or address, with :PORT when it is not 5060, or nothing.' },
  voicemailNumber: { holds: isText(/^$|^\+?[0-9*#]{1,32}$/), message: 'This is no number.', remedy: 'Give 1 to 32 of 0-9, * and #, with an optional leading +, or nothing.' },
  checkMinutes: { holds: isWhole(5, 1440), message: 'Phones look for a new configuration every 5 to 1440 minutes.', remedy: 'Choose a whole number from 5 to 1440.' },
  codecs: { holds: isCodecs, message: 'Codecs are one to three of pcma, pcmu and g722, each once.', remedy: 'List them with the preferred one first.' },
};

const MOST_PARAMETERS = 100;

/** The settings as they are, or the first fault, in the order of the fields. */
export function checkDeviceSettings(settings: unknown): Result<DeviceSettings, DeviceSettingsFault> {
  if (!isRecord(settings)) return fail({ field: '', message: 'Settings are an object.', remedy: 'Give each setting by its name.' });
  const unknown = Object.keys(settings).find((name) => name !== 'vendorParameters' && !Object.hasOwn(RULES, name));
  if (unknown !== undefined) return fail({ field: unknown, message: 'There is no such setting.', remedy: `Use ${[...Object.keys(RULES), 'vendorParameters'].join(', ')}.` });
  for (const [name, { holds, message, remedy }] of Object.entries(RULES)) {
    const value = settings[name];
    if (value !== undefined && !holds(value)) return fail({ field: name, message, remedy });
  }
  const fault = settings['vendorParameters'] === undefined ? undefined : vendorFault(settings['vendorParameters']);
  return fault === undefined ? ok(settings as DeviceSettings) : fail(fault);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function vendorFault(parameters: unknown): DeviceSettingsFault | undefined {
  if (!isRecord(parameters)) return { field: 'vendorParameters', message: 'Vendor parameters are names with values.', remedy: 'Give each value by its name.' };
  const entries = Object.entries(parameters);
  if (entries.length > MOST_PARAMETERS) return { field: 'vendorParameters', message: 'There are more than 100 vendor parameters.', remedy: 'Keep those that differ from what is rendered anyway.' };
  for (const [name, value] of entries) {
    const field = `vendorParameters.${name}`;
    if (!/^[A-Za-z0-9_./-]{1,128}$/.test(name)) return { field, message: 'A parameter’s name has 1 to 128 of the characters A-Z a-z 0-9 _ . / -.', remedy: 'Write it as the vendor does.' };
    if (typeof value !== 'string' || value.length > 512 || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(value)) return { field, message: 'A value is one line of at most 512 characters.', remedy: 'Take out line breaks and control characters.' };
  }
  return undefined;
}
