import { EdgeError } from './edge-error.ts';

const PRINTABLE = /^[\x21-\x7e]{1,128}$/;

export function idempotencyKeyOf(header: string | string[] | undefined): string {
  if (header === undefined) return '';
  if (typeof header === 'string' && PRINTABLE.test(header)) return header;
  throw new EdgeError(400, 'request/idempotency-key', 'Idempotency-Key takes 1 to 128 printable ASCII characters', { field: 'Idempotency-Key', remedy: 'Send a UUID.' });
}
