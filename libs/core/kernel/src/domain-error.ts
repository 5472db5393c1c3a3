/** The six kinds every transport maps; `unavailable` with `outcomeUnknown` in details is an unknown outcome (safe to retry with the same idempotency key). */
export type ErrorKind = 'invalid' | 'not-found' | 'conflict' | 'denied' | 'exhausted' | 'unavailable';

export interface ErrorDetails {
  /** the input field at fault, as the API names it */
  readonly field?: string;
  /** what the caller can do about it, one sentence */
  readonly remedy?: string;
  readonly [key: string]: string | number | boolean | undefined;
}

/** A failure a caller can act on. `code` is stable and public, e.g. `call-settings/forward-to-self`. */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, code: string, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}
