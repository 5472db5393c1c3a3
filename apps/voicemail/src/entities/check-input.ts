import { DomainError } from '@sfs/kernel';
import { isMailboxNumber } from './bodies.ts';

const TAG = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PRINTABLE = /^[\x21-\x7e]+$/;

export interface Fault {
  readonly code: string;
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

export function refuse({ code, field, message, remedy }: Fault): DomainError {
  return new DomainError('invalid', code, message, { field, remedy });
}

export function checkMailboxNumber(text: string): string {
  if (isMailboxNumber(text)) return text;
  throw refuse({ code: 'input/number', field: 'number', message: 'A mailbox number has 1 to 16 digits', remedy: 'Send a number such as 1001, in ASCII digits.' });
}

export function checkTag(text: string): string {
  if (TAG.test(text)) return text;
  throw refuse({ code: 'input/tag', field: 'expectedTag', message: 'The tag of the version this is based on is missing or malformed', remedy: 'Read the mailbox and send its tag.' });
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
