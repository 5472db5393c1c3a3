import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { newTimeUuid } from '@sfs/cassandra';
import { DomainError } from '@sfs/kernel';
import { checkPin, lockState, PIN_LENGTH } from '@sfs/voicemail';
import { asBody, find, unknownMailbox, type Entity, type PinBody } from '../entities/bodies.ts';
import { type Caller, commitAs } from '@sfs/change-log';
import type { EntityStore, RowChange } from '../entities/entities.store.ts';
import type { AttemptKey, AttemptsStore } from './attempts.store.ts';
import type { PinHashes } from './pin-hashes.ts';
import type { NewPin, PinAttempt, PinChange, PinCheck, Pins } from './pins.port.ts';
import { Turns } from './take-turns.ts';

export interface PinParts {
  readonly attempts: AttemptsStore;
  readonly entities: Pick<EntityStore, 'read' | 'commit'>;
  readonly hashes: Pick<PinHashes, 'hash' | 'verify'>;
  /** numbers of the mailbox's owner, which make bad PINs */
  readonly extensionsOf: (tenant: string, mailbox: string) => readonly string[];
  readonly now: () => number;
}

export interface PinState {
  /** epoch ms; undefined = open */
  readonly lockedUntil: number | undefined;
  readonly mustChange: boolean;
}

/** PINs before the present one that may not come again. */
const REMEMBERED = 5;
const TURNS = 12;
const LONGEST_ORIGIN = 64;
const LONGEST_NUMBER = 32;
const WORDS = { area: 'mailboxes', subject: 'The PIN' };

export class PinsService implements Pins {
  readonly #parts: PinParts;
  readonly #turns = new Turns();

  constructor(parts: PinParts) {
    this.#parts = parts;
  }

  async check({ tenant, mailbox, pin, origin }: PinAttempt): Promise<PinCheck> {
    const { attempts } = this.#parts;
    const key = { tenant, mailbox: mailbox.slice(0, LONGEST_NUMBER) };
    const id = await this.#turns.run(`${tenant}/${key.mailbox}`, () => this.#begin(key, origin.slice(0, LONGEST_ORIGIN)));
    if (id === 'locked') return 'locked';
    // From here the attempt counts as failed, whatever becomes of this process.
    const [stored, right] = await this.#judge(key, pin).catch(async (error: unknown) => {
      await attempts.settle(key, id, 'unjudged').catch(() => undefined);
      throw error;
    });
    // The log of a right one must hold before it opens anything: without it the failures before would still count.
    if (right) await attempts.settle(key, id, 'right');
    else await attempts.settle(key, id, 'wrong').catch(() => undefined);
    if (!right) return 'wrong';
    return stored?.body.mustChange === true ? 'must-change' : 'right';
  }

  async change({ tenant, mailbox, pin, actor }: NewPin): Promise<PinChange> {
    const current = await find(this.#parts.entities, tenant, 'mailbox-pin', mailbox);
    if (!current) throw unknownMailbox();
    const owner = { mailbox, extensions: this.#parts.extensionsOf(tenant, mailbox) };
    const first = checkPin(pin, owner);
    if (!first.ok) return first.error.reason;
    const second = checkPin(pin, { ...owner, usedBefore: await this.#isUsed(pin, current.body) });
    if (!second.ok) return second.error.reason;
    const body = { number: mailbox, hash: await this.#parts.hashes.hash(pin), mustChange: false, history: historyWith(current.body) };
    await this.#parts.entities.commit({ tenant, actor, requestId: 'telephone', rows: [{ kind: 'mailbox-pin', id: mailbox, expect: { tag: current.tag }, body: asBody('mailbox-pin', body) }] });
    return 'done';
  }

  /** The row of a new mailbox's one-time PIN, and the PIN. */
  async firstPin(tenant: string, number: string): Promise<{ pin: string; hash: string; row: RowChange }> {
    const pin = this.#oneTimePin(tenant, number);
    const hash = await this.#parts.hashes.hash(pin);
    return { pin, hash, row: { kind: 'mailbox-pin', id: number, expect: 'any', body: asBody('mailbox-pin', { number, hash, mustChange: true, history: [] }) } };
  }

  /** A new one-time PIN in clear, this once; the lock is open afterwards. */
  async reset(caller: Caller, number: string): Promise<string> {
    const { attempts, entities, hashes } = this.#parts;
    const current = await find(entities, caller.tenant, 'mailbox-pin', number);
    const pin = this.#oneTimePin(caller.tenant, number);
    const body = { number, hash: await hashes.hash(pin), mustChange: true, history: current ? historyWith(current.body) : [] };
    await commitAs(entities, WORDS, { ...caller, rows: [{ kind: 'mailbox-pin', id: number, expect: current ? { tag: current.tag } : 'absent', body: asBody('mailbox-pin', body) }] });
    await attempts.open({ tenant: caller.tenant, mailbox: number }, 'reset', caller.actor);
    return pin;
  }

  /** Audited before it is done. */
  async unlock(caller: Caller, number: string): Promise<void> {
    await this.#parts.entities.commit({ ...caller, rows: [{ kind: 'mailbox-unlock', id: number, expect: 'any', body: asBody('mailbox-unlock', { number }) }] });
    await this.forget(caller, number);
  }

  /** Failures of an earlier mailbox of this number are not held against the new one. */
  async forget({ tenant, actor }: Caller, number: string): Promise<void> {
    await this.#parts.attempts.open({ tenant, mailbox: number }, 'unlocked', actor);
  }

  async state(tenant: string, number: string): Promise<PinState> {
    const { attempts, entities, now } = this.#parts;
    const [known, stored] = await Promise.all([attempts.read({ tenant, mailbox: number }), find(entities, tenant, 'mailbox-pin', number)]);
    return { lockedUntil: lockState(known.attempts, now()).until, mustChange: stored?.body.mustChange === true };
  }

  /**
   * Stores the attempt as pending, or finds the mailbox locked. Calls at once, here and in other replicas:
   *   first:  reads version 7 ... stores attempt, version 8
   *   second: reads version 7 ................. refused; reads version 8 with the first's attempt, judges the lock anew
   */
  async #begin(key: AttemptKey, origin: string): Promise<string> {
    const { attempts: store, now } = this.#parts;
    const id = newTimeUuid();
    for (let turn = 0; turn < TURNS; turn += 1) {
      const { version, attempts } = await store.read(key);
      if (attempts.some((attempt) => attempt.id === id)) return id;
      if (lockState(attempts, now()).locked) return 'locked';
      if (await store.begin(key, { id, origin }, version).catch(unlessUnknown)) return id;
      await pause(randomInt(5, 10 * (turn + 2)));
    }
    throw new DomainError('unavailable', 'pins/contended', 'Too many try this PIN at once', { remedy: 'Try again in a moment.', retryAfterSeconds: 1 });
  }

  async #judge({ tenant, mailbox }: AttemptKey, pin: string): Promise<readonly [Entity<'mailbox-pin'> | undefined, boolean]> {
    const stored = await find(this.#parts.entities, tenant, 'mailbox-pin', mailbox);
    // Longer than any PIN: not hashed whole, but it takes as long.
    return [stored, (await this.#parts.hashes.verify(pin.slice(0, PIN_LENGTH.max + 1), stored?.body.hash)) && pin.length <= PIN_LENGTH.max];
  }

  async #isUsed(pin: string, { hash, history }: PinBody): Promise<boolean> {
    for (const earlier of [hash, ...history]) if (await this.#parts.hashes.verify(pin, earlier)) return true;
    return false;
  }

  #oneTimePin(tenant: string, mailbox: string): string {
    const owner = { mailbox, extensions: this.#parts.extensionsOf(tenant, mailbox) };
    for (;;) {
      const pin = String(randomInt(10 ** PIN_LENGTH.min)).padStart(PIN_LENGTH.min, '0');
      if (checkPin(pin, owner).ok) return pin;
    }
  }
}

function historyWith({ hash, history }: PinBody): readonly string[] {
  return [hash, ...history].slice(0, REMEMBERED);
}

function unlessUnknown(error: unknown): false {
  if (error instanceof DomainError && error.details['outcomeUnknown'] === true) return false;
  throw error;
}
