import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import { z } from 'zod';

/** Which recording, and for whom; nothing of the message but its ids. */
export interface Listening {
  readonly tenant: string;
  readonly mailbox: string;
  readonly messageId: string;
  readonly listener: 'owner' | 'administrator';
  readonly login: string;
}

export interface AudioLink {
  readonly token: string;
  readonly expiresAt: string;
}

const LIFE_MS = 5 * 60_000;
const TOKEN = /^([A-Za-z0-9_-]{1,900})\.([A-Za-z0-9_-]{43})$/;
const claims = z.tuple([z.string(), z.string(), z.string(), z.enum(['owner', 'administrator']), z.string(), z.number()]);

/** Links that carry their own right: any gateway with the same pepper takes them, and none can be made without it. */
export class AudioLinks {
  readonly #key: Buffer;
  readonly #now: () => number;

  constructor(pepper: string, now: () => number) {
    this.#key = Buffer.from(hkdfSync('sha256', pepper, '', 'sfs audio link', 32));
    this.#now = now;
  }

  issue({ tenant, mailbox, messageId, listener, login }: Listening): AudioLink {
    const expires = this.#now() + LIFE_MS;
    const payload = Buffer.from(JSON.stringify([tenant, mailbox, messageId, listener, login, expires])).toString('base64url');
    return { token: `${payload}.${this.#sign(payload).toString('base64url')}`, expiresAt: new Date(expires).toISOString() };
  }

  /** Throws `not-found` for what we have not issued, `denied` once it has expired. */
  open(token: string): Listening {
    const [, payload = '', signature = ''] = TOKEN.exec(token) ?? [];
    if (payload === '' || !timingSafeEqual(this.#sign(payload), Buffer.from(signature, 'base64url'))) throw unknown();
    const [tenant, mailbox, messageId, listener, login, expires] = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    if (expires <= this.#now()) throw new DomainError('denied', 'messages/link-expired', 'This link has expired', { remedy: 'Ask for a new one: play the message again.' });
    return { tenant, mailbox, messageId, listener, login };
  }

  #sign(payload: string): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest();
  }
}

function unknown(): DomainError {
  return new DomainError('not-found', 'messages/link-unknown', 'This link is not ours', { remedy: 'Play the message from its mailbox.' });
}
