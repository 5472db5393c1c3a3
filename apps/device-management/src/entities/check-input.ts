import { DomainError, parseDn, parseName } from '@sfs/kernel';
import { checkDeviceSettings, parseMac, type DeviceSettings } from '@sfs/phone-config';

const TAG = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PRINTABLE = /^[\x21-\x7e]+$/;
/** control characters, half surrogate pairs, and what broken UTF-8 decodes to */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u2028\u2029\uFFFD]/u;
const LONGEST_TEXT = 128;

export interface Fault {
  readonly code: string;
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

export function refuse({ code, field, message, remedy }: Fault): DomainError {
  return new DomainError('invalid', code, message, { field, remedy });
}

export function checkMac(text: string): string {
  const mac = text.length > 32 ? undefined : parseMac(text);
  if (mac !== undefined) return mac;
  throw refuse({ code: 'input/mac', field: 'mac', message: 'A MAC has 12 hex digits', remedy: 'Send what stands on the back of the phone, with or without : - .' });
}

/** Text for people; '' is allowed unless a name is needed. */
export function checkText(field: string, text: string): string {
  const trimmed = text.length > 4 * LONGEST_TEXT ? text : text.normalize('NFC').trim();
  if ([...trimmed].length > LONGEST_TEXT) throw refuse({ code: 'input/text', field, message: `This is longer than ${LONGEST_TEXT} characters`, remedy: 'Shorten it.' });
  if (UNSHOWABLE.test(trimmed)) throw refuse({ code: 'input/text', field, message: 'This has characters that cannot be shown', remedy: 'Send UTF-8 without control characters.' });
  return trimmed;
}

export function checkName(field: string, text: string): string {
  const name = parseName(text);
  if (name.ok) return name.value;
  throw refuse({ code: 'input/name', field, message: `${field}: ${name.error}`, remedy: 'Send an id such as reception.' });
}

export function checkNumber(text: string): string {
  const number = parseDn(text);
  if (number.ok) return number.value;
  throw refuse({ code: 'input/number', field: 'number', message: number.error, remedy: 'Send a number such as 1001, in ASCII digits.' });
}

/** The field names the setting at fault: settings.NAME. */
export function checkSettings(settings: DeviceSettings): DeviceSettings {
  const checked = checkDeviceSettings(settings);
  if (checked.ok) return checked.value;
  const { field, message, remedy } = checked.error;
  throw refuse({ code: 'input/settings', field: field === '' ? 'settings' : `settings.${field}`, message, remedy });
}

export function checkTag(text: string): string {
  if (TAG.test(text)) return text;
  throw refuse({ code: 'input/tag', field: 'expectedTag', message: 'The tag of the version this is based on is missing or malformed', remedy: 'Read it again and send its tag.' });
}

export function checkKey(text: string): string | undefined {
  if (text === '') return undefined;
  if (text.length <= 200 && PRINTABLE.test(text)) return text;
  throw refuse({ code: 'input/idempotency-key', field: 'idempotencyKey', message: 'An idempotency key has 1 to 200 printable ASCII characters', remedy: 'Send a UUID.' });
}

export function checkPage(request: { readonly pageSize: number; readonly pageToken: string }): { pageSize: number; pageToken: string } {
  const { pageSize, pageToken } = request;
  if (!Number.isInteger(pageSize) || pageSize < 0 || pageSize > 200) throw refuse({ code: 'input/page-size', field: 'pageSize', message: 'A page has 1 to 200 entries', remedy: 'Send 1 to 200, or 0 for 50.' });
  if (pageToken.length > 2_000) throw badPageToken();
  return { pageSize: pageSize === 0 ? 50 : pageSize, pageToken };
}

export function checkQuery(text: string): string {
  if (text.length <= LONGEST_TEXT && !UNSHOWABLE.test(text)) return text.trim();
  throw refuse({ code: 'input/query', field: 'query', message: `A query has at most ${LONGEST_TEXT} characters that can be shown`, remedy: 'Shorten it.' });
}

export function badPageToken(): DomainError {
  return refuse({ code: 'input/page-token', field: 'pageToken', message: 'This page token was not issued here', remedy: 'Send the token of the page before unchanged, or none.' });
}
