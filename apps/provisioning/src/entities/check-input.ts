import { DomainError, parseDn, parseName } from '@sfs/kernel';

const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}$/;
const SIP_DOMAIN = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,8}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PRINTABLE = /^[\x21-\x7e]+$/;
/** control characters, half surrogate pairs, and what broken UTF-8 decodes to */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u2028\u2029\uFFFD]/u;
const LONGEST_NAME = 128;

export interface Fault {
  readonly code: string;
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

export function refuse({ code, field, message, remedy }: Fault): DomainError {
  return new DomainError('invalid', code, message, { field, remedy });
}

export function checkId(field: string, text: string): string {
  const name = parseName(text);
  if (name.ok) return name.value;
  throw refuse({ code: 'input/name', field, message: `${field}: ${name.error}`, remedy: 'Choose a name such as site-a.' });
}

export function checkDisplayName(text: string, field = 'displayName'): string {
  const name = text.length > 4 * LONGEST_NAME ? text : text.normalize('NFC').trim();
  if (name === '') throw refuse({ code: 'input/display-name', field, message: 'A name is missing', remedy: 'Send a name to show to people.' });
  if ([...name].length > LONGEST_NAME) throw refuse({ code: 'input/display-name', field, message: `The name is longer than ${LONGEST_NAME} characters`, remedy: 'Shorten it.' });
  if (UNSHOWABLE.test(name)) throw refuse({ code: 'input/display-name', field, message: 'The name has characters that cannot be shown', remedy: 'Send UTF-8 without control characters.' });
  return name;
}

export function checkEmail(text: string): string {
  if (text === '' || (text.length <= 254 && EMAIL.test(text))) return text;
  throw refuse({ code: 'input/email', field: 'email', message: 'This is no e-mail address', remedy: 'Send an address such as ann@example.com, or nothing.' });
}

export function checkProfileId(text: string): string {
  return text === '' ? '' : checkId('callingProfileId', text);
}

export function checkSipDomain(text: string): string {
  if (text.length <= 253 && SIP_DOMAIN.test(text)) return text.toLowerCase();
  throw refuse({ code: 'input/sip-domain', field: 'sipDomain', message: 'This is no SIP domain', remedy: 'Send a host name such as site-a.example, or an IPv4 address.' });
}

export function checkNumber(text: string): string {
  const dn = parseDn(text);
  if (dn.ok) return dn.value;
  throw refuse({ code: 'input/number', field: 'number', message: dn.error, remedy: 'Send a number such as 1001, in ASCII digits.' });
}

export function checkMailbox(text: string): string {
  if (/^[0-9]{1,16}$/.test(text)) return text;
  throw refuse({ code: 'input/mailbox', field: 'mailbox', message: 'A mailbox has a number of 1 to 16 digits', remedy: 'Send a number such as 1001.' });
}

/** A well-formed user id; another text names no user. */
export function isUserId(text: string): boolean {
  return UUID.test(text);
}

export function checkTag(text: string): string {
  if (UUID.test(text)) return text;
  throw refuse({ code: 'input/tag', field: 'expectedTag', message: 'The tag of the version this is based on is missing or malformed', remedy: 'Read the entity and send its tag.' });
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

export function badPageToken(): DomainError {
  return refuse({ code: 'input/page-token', field: 'pageToken', message: 'This page token was not issued here', remedy: 'Send the token of the page before unchanged, or none.' });
}

export function checkQuery(text: string): string {
  if (text.length <= 128 && !UNSHOWABLE.test(text)) return text;
  throw refuse({ code: 'input/query', field: 'query', message: 'A query has at most 128 characters that can be shown', remedy: 'Shorten it.' });
}
