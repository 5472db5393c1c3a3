import { SipCredentialsServiceClient } from '@sfs/contracts';
import { call, connectClient } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { Config } from '../config.ts';
import type { Line } from '../directory/directory.port.ts';
import type { SipAccount, SipPasswordSource } from './sip-passwords.port.ts';

const DEADLINE_MS = 3000;

/** Provisioning's door for SIP passwords, which wants a token of its own. */
export class ProvisioningSipPasswords implements SipPasswordSource {
  readonly #client: SipCredentialsServiceClient;
  readonly #tokens: { readonly token: string | undefined; readonly doorToken: string | undefined };
  readonly #instance: string;
  #asked = 0;

  constructor(config: Config) {
    this.#client = connectClient(SipCredentialsServiceClient, config.SFS_DEVICES_PROVISIONING);
    this.#tokens = { token: config.SFS_SERVICE_TOKEN?.reveal(), doorToken: config.SFS_DEVICES_PROVISIONING_CREDENTIAL_TOKEN?.reveal() };
    this.#instance = config.SFS_INSTANCE;
  }

  async ask({ tenant, switchId, number }: Line): Promise<SipAccount> {
    this.#asked += 1;
    const context = { tenant, requestId: `phone-${this.#instance}-${this.#asked}`, actor: 'device-management' };
    try {
      const { userName, password, sipDomain } = await call(this.#client, 'getSipCredential', { switchId, number }, context, { deadlineMs: DEADLINE_MS, idempotent: true, ...this.#tokens });
      return { userName, password, sipDomain };
    } catch (error) {
      throw explained(error);
    }
  }

  close(): void {
    this.#client.close();
  }
}

/** A door that does not open is our trouble, not the phone's. */
function explained(error: unknown): unknown {
  if (!(error instanceof DomainError) || error.kind !== 'denied') return error;
  return new DomainError('unavailable', 'devices/passwords-refused', `Provisioning gives us no SIP passwords: ${error.message}`, {
    remedy: 'Give provisioning (SFS_PROVISIONING_CREDENTIAL_TOKEN) and device-management (SFS_DEVICES_PROVISIONING_CREDENTIAL_TOKEN) the same token.',
  });
}
