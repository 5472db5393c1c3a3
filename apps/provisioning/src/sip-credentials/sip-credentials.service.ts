import { DomainError } from '@sfs/kernel';
import { find } from '../entities/bodies.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import { getNumber, getSwitch } from '../entities/existing.ts';
import type { Envelope } from '../secrets/envelope.ts';

export interface SipCredential {
  readonly userName: string;
  /** in clear */
  readonly password: string;
  readonly sipDomain: string;
  /** of the number, as it was before the password was read: a later password has another one */
  readonly tag: string;
}

/** What a phone registers with, for the service that writes phone configurations. Who may ask is the door's business (build-provisioning.ts). */
export class SipCredentialsService {
  private readonly store: EntityStore;
  private readonly envelope: Envelope;

  constructor(store: EntityStore, envelope: Envelope) {
    this.store = store;
    this.envelope = envelope;
  }

  async get(tenant: string, key: { readonly switchId: string; readonly number: string }): Promise<SipCredential> {
    const { id, tag, body } = await getNumber(this.store, tenant, key);
    const credential = await find(this.store, tenant, 'sip-credential', id);
    if (!credential || credential.body.sealed === '') {
      throw new DomainError('not-found', 'sip-credentials/none', `No phone can register with the number ${body.number}`, { field: 'number', remedy: 'Set a SIP password at the number.' });
    }
    const { body: home } = await getSwitch(this.store, tenant, body.switchId);
    return { userName: body.number, password: this.opened(credential.body.sealed, `${tenant}/${id}`), sipDomain: home.sipDomain, tag };
  }

  private opened(sealed: string, place: string): string {
    try {
      return this.envelope.open(sealed, place);
    } catch {
      throw new DomainError('unavailable', 'sip-credentials/other-key', 'The envelope key does not open this password', { remedy: 'Start provisioning with the envelope key it had, or set the password anew.' });
    }
  }
}
