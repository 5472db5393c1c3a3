import { DomainError } from '@sfs/kernel';

export interface LimitRules {
  readonly perLogin: number;
  readonly perAddress: number;
  readonly windowMs: number;
}

export const SIGN_IN_LIMITS: LimitRules = { perLogin: 10, perAddress: 50, windowMs: 5 * 60_000 };

/** Enough for a busy attack, little enough for the memory. */
const REMEMBERED = 20_000;

interface Count {
  attempts: number;
  readonly until: number;
}

/** Failed sign-ins per login and per address, of this process. An attempt counts before it is checked, so that a hundred at once do not slip through. */
export class SignInLimit {
  readonly #rules: LimitRules;
  readonly #now: () => number;
  readonly #counts = new Map<string, Count>();

  constructor(rules: LimitRules, now: () => number) {
    this.#rules = rules;
    this.#now = now;
  }

  /** Throws `exhausted` when the login or the address has failed too often. */
  begin(login: string, address: string): void {
    const keys = this.#keys(login, address);
    for (const [key, most] of keys) this.#refuseAbove(key, most);
    for (const [key] of keys) this.#count(key).attempts += 1;
  }

  succeeded(login: string, address: string): void {
    this.#counts.delete(`login ${login}`);
    const count = this.#counts.get(`address ${address}`);
    if (count) count.attempts -= 1;
  }

  #keys(login: string, address: string): [string, number][] {
    return [
      [`login ${login}`, this.#rules.perLogin],
      [`address ${address}`, this.#rules.perAddress],
    ];
  }

  #refuseAbove(key: string, most: number): void {
    const count = this.#counts.get(key);
    const now = this.#now();
    if (!count || count.until <= now || count.attempts < most) return;
    const retryAfterSeconds = Math.ceil((count.until - now) / 1000);
    throw new DomainError('exhausted', 'sessions/too-many-failures', 'Too many failed sign-ins', { remedy: `Try again in ${retryAfterSeconds} seconds.`, retryAfterSeconds });
  }

  #count(key: string): Count {
    const known = this.#counts.get(key);
    if (known && known.until > this.#now()) return known;
    this.#counts.delete(key);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size >= REMEMBERED && oldest !== undefined) this.#counts.delete(oldest);
    const fresh = { attempts: 0, until: this.#now() + this.#rules.windowMs };
    this.#counts.set(key, fresh);
    return fresh;
  }
}
