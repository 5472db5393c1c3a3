import { randomInt } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import { asBody, type Entity } from '../entities/bodies.ts';
import { type Caller, commitAs } from '@sfs/change-log';
import { refuse } from '../entities/check-input.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import { getNumber, getSwitch } from '../entities/existing.ts';
import type { Envelope } from '../secrets/envelope.ts';
import type { NumberKey } from './directory-numbers.service.ts';
import type { Registrar } from './registrar-port.ts';

export interface SipPassword {
  readonly userName: string;
  readonly password: string;
  readonly sipDomain: string;
}

/** Without characters that look alike: passwords are typed into phones. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 20;
const ATTEMPTS = 3;

export class SipPasswordsService {
  private readonly store: EntityStore;
  private readonly envelope: Envelope;
  private readonly registrar: Registrar;

  constructor(store: EntityStore, envelope: Envelope, registrar: Registrar) {
    this.store = store;
    this.envelope = envelope;
    this.registrar = registrar;
  }

  /** Answered once: afterwards only its encrypted form exists, and the HA1 at the registrar. */
  async set(caller: Caller, key: NumberKey, wanted: string): Promise<SipPassword> {
    const password = wanted === '' ? generate() : checked(wanted);
    const dn = await getNumber(this.store, caller.tenant, key);
    if (!/^[0-9+]+$/.test(dn.body.number)) {
      throw refuse({ code: 'directory-numbers/not-registrable', field: 'number', message: 'A phone cannot register with a number that has * or #', remedy: 'Set the password at a number of digits.' });
    }
    const { body: home } = await getSwitch(this.store, caller.tenant, dn.body.switchId);
    await this.commit(caller, dn, password);
    await this.registrar.credentialChanged(caller.tenant, dn.id);
    return { userName: dn.body.number, password, sipDomain: home.sipDomain };
  }

  /** The number decides, so that of two writers at once one comes after the other and a deleted number gets no credential. */
  private async commit(caller: Caller, first: Entity<'dn'>, password: string): Promise<void> {
    const { tenant } = caller;
    const sealed = this.envelope.seal(password, `${tenant}/${first.id}`);
    let dn = first;
    for (let attempt = 1; ; attempt += 1) {
      const { id, tag, body } = dn;
      try {
        await commitAs(this.store, { area: 'directory-numbers', subject: 'The number' }, {
          ...caller,
          rows: [
            { kind: 'dn', id, expect: { tag }, body: asBody('dn', { ...body, hasSipPassword: true }) },
            { kind: 'sip-credential', id, expect: 'any', body: asBody('sip-credential', { switchId: body.switchId, number: body.number, sealed }) },
          ],
        });
        return;
      } catch (error) {
        if (attempt === ATTEMPTS || !(error instanceof DomainError) || error.code !== 'directory-numbers/stale-version') throw error;
        dn = await getNumber(this.store, tenant, body);
      }
    }
  }
}

function generate(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

function checked(password: string): string {
  if (/^[\x21-\x7e]{12,64}$/.test(password)) return password;
  throw refuse({ code: 'input/sip-password', field: 'password', message: 'A SIP password has 12 to 64 printable ASCII characters', remedy: 'Leave it empty to have one generated.' });
}
