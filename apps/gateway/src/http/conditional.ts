import type { Route } from '@sfs/rest-contract';
import { EdgeError } from './edge-error.ts';

export interface ConditionalHeaders {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
}

const ONE_STRONG_TAG = /^"([\x21\x23-\x7e]{1,128})"$/;

/** The tag a change is based on; '' = create. Throws EdgeError 428 when the request is not conditional, 400 when it is so in a form we do not take. */
export function expectedTag(route: Pick<Route, 'conditional' | 'creates'>, headers: ConditionalHeaders): string {
  if (!route.conditional) return '';
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (match !== undefined && noneMatch !== undefined) throw wrong('If-Match', 'Send either If-Match or If-None-Match');
  if (noneMatch !== undefined && route.creates) {
    if (noneMatch.trim() !== '*') throw wrong('If-None-Match', 'If-None-Match takes * only');
    return '';
  }
  if (match === undefined) throw required(route);
  const tag = ONE_STRONG_TAG.exec(match.trim())?.[1];
  if (tag === undefined) throw wrong('If-Match', 'If-Match takes one strong ETag in double quotes');
  return tag;
}

function required(route: Pick<Route, 'creates'>): EdgeError {
  const remedy = `Send If-Match with the ETag of what you have read${route.creates ? ', or If-None-Match: * to create' : ''}.`;
  return new EdgeError(428, 'request/precondition-required', 'This change must say which version it is based on', { field: 'If-Match', remedy });
}

function wrong(field: string, message: string): EdgeError {
  return new EdgeError(400, 'request/precondition', message, { field, remedy: 'Copy the ETag header of the last answer, quotes included.' });
}
