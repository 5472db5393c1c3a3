import type { Problem } from '@sfs/rest-contract';

export type Issue = NonNullable<Problem['issues']>[number];

/** What is wrong with the HTTP request itself; thrown at the edge only, never by a service. */
export class EdgeError extends Error {
  readonly status: number;
  readonly code: string;
  readonly rest: { readonly field?: string; readonly remedy?: string; readonly issues?: readonly Issue[]; readonly headers?: Readonly<Record<string, string>> };

  constructor(status: number, code: string, message: string, rest: EdgeError['rest'] = {}) {
    super(message);
    this.name = 'EdgeError';
    this.status = status;
    this.code = code;
    this.rest = rest;
  }
}
