import type { Secret } from '@sfs/config';

/** The credential door of one switch's registrar. Both calls may be repeated. */
export interface RegistrarDoor {
  put(user: string, ha1: string): Promise<void>;
  remove(user: string): Promise<void>;
}

/** Sending it again will not help. */
export class RefusedByDoor extends Error {}

const DEADLINE_MS = 2_000;

export function registrarDoor(url: string, token: Secret | undefined): RegistrarDoor {
  const send = async (method: 'PUT' | 'DELETE', body: object): Promise<void> => {
    const response = await fetch(new URL('/cred', url), {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token.reveal()}` } : {}) },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await response.arrayBuffer();
    if (response.status === 400) throw new RefusedByDoor('the registrar answered 400');
    if (!response.ok) throw new Error(`the registrar answered ${response.status}`);
  };
  return {
    put: (user, ha1) => send('PUT', { user, ha1 }),
    remove: (user) => send('DELETE', { user }),
  };
}
