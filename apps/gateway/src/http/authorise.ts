import { assertNever, DomainError } from '@sfs/kernel';
import type { Route, RouteName } from '@sfs/rest-contract';
import type { Caller } from './caller.ts';

/** Whoever came with a one-time password may look who he is, choose a password, or leave. */
const BEFORE_PASSWORD_CHANGE: readonly RouteName[] = ['signIn', 'getSession', 'signOut', 'changePassword'];

/** Throws `denied` when this caller may not use this route (on this user). */
export function authorise(name: RouteName, route: Route, caller: Caller, params: unknown): void {
  if (route.who === 'anybody') return;
  if (caller.kind === 'anonymous') throw signInFirst();
  if (caller.mustChangePassword && !BEFORE_PASSWORD_CHANGE.includes(name)) {
    throw new DomainError('denied', 'sessions/password-change-required', 'The one-time password must be changed first', { remedy: 'PUT /api/v1/session/password.' });
  }
  if (!isAllowed(route, caller, params)) {
    throw new DomainError('denied', 'sessions/not-allowed', 'This account may not do that', { remedy: 'Ask an administrator.' });
  }
}

export function signInFirst(): DomainError {
  return new DomainError('denied', 'sessions/required', 'Sign in first', { remedy: 'POST /api/v1/session, or send Authorization: Bearer TOKEN.' });
}

function isAllowed(route: Route, caller: Caller, params: unknown): boolean {
  switch (route.who) {
    case 'anybody':
    case 'signed-in':
      return true;
    case 'administrator':
      return caller.role === 'administrator';
    case 'own-user-or-administrator':
      return caller.role === 'administrator' || isOwnUser(caller, params);
    // Whose mailbox it is, provisioning knows: asked for by bindRoutes before the handler.
    case 'mailbox-owner-or-administrator':
      return caller.role === 'administrator' || caller.userId !== '';
    default:
      return assertNever(route.who);
  }
}

function isOwnUser(caller: Caller, params: unknown): boolean {
  return caller.userId !== '' && typeof params === 'object' && params !== null && 'id' in params && params.id === caller.userId;
}
