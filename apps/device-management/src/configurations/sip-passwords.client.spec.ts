import { Metadata, Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SipCredentialsServiceService, type GetSipCredentialRequest, type GetSipCredentialResponse } from '@sfs/contracts';
import { toStatus } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import { aLine } from '../check-sync/fake-parts.ts';
import { fields } from '../config.ts';
import { ProvisioningSipPasswords } from './sip-passwords.client.ts';

const [token, doorToken] = ['service-token', 'token-of-the-door'];
type Seen = { readonly request: GetSipCredentialRequest; readonly metadata: Metadata };

/** Plays provisioning. */
describe('SIP passwords from provisioning', () => {
  let server: Server;
  let port: number;
  let seen: Seen[];
  let refusal: unknown;
  let client: ProvisioningSipPasswords;
  const open = async (): Promise<void> => {
    server = new Server();
    server.addService(SipCredentialsServiceService, {
      getSipCredential: ({ request, metadata }: ServerUnaryCall<GetSipCredentialRequest, GetSipCredentialResponse>, done: sendUnaryData<GetSipCredentialResponse>) => {
        seen.push({ request, metadata });
        if (refusal) done(toStatus(refusal));
        else done(null, { userName: request.number, password: 'sip-password-1', sipDomain: 'site-a.example', tag: 't' });
      },
    });
    port = await new Promise<number>((resolve, reject) => server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))));
  };
  beforeEach(async () => {
    [seen, refusal] = [[], undefined];
    await open();
    client = new ProvisioningSipPasswords(
      fields.parse({
        SFS_DEVICES_PROVISIONING: `127.0.0.1:${port}`,
        SFS_SERVICE_TOKEN: token,
        SFS_DEVICES_PROVISIONING_CREDENTIAL_TOKEN: doorToken,
        SFS_DEVICES_CREDENTIAL_KEY: Buffer.alloc(32, 1).toString('base64'),
      }),
    );
  });
  afterEach(() => {
    client.close();
    server.forceShutdown();
  });

  it('are asked for with both tokens, for the tenant of the line', async () => {
    expect(await client.ask(aLine())).toEqual({ userName: '1001', password: 'sip-password-1', sipDomain: 'site-a.example' });
    const [{ request, metadata } = { request: undefined, metadata: new Metadata() }] = seen;
    expect(request).toEqual({ switchId: 'site-a', number: '1001' });
    expect([metadata.get('authorization'), metadata.get('sfs-door-token'), metadata.get('sfs-tenant')]).toEqual([[`Bearer ${token}`], [`Bearer ${doorToken}`], ['default']]);
  });

  it('are not there for a number without one', async () => {
    refusal = new DomainError('not-found', 'sip-credentials/none', 'No phone can register with the number 1001');
    await expect(client.ask(aLine())).rejects.toMatchObject({ kind: 'not-found', code: 'sip-credentials/none' });
  });

  it.each(['grpc/door-shut', 'grpc/door-token'])('are not to be had while the door is shut to us (%s): that is no fault of the phone’s', async (code) => {
    refusal = new DomainError('denied', code, 'This service is shut');
    await expect(client.ask(aLine())).rejects.toMatchObject({ kind: 'unavailable', code: 'devices/passwords-refused', details: { remedy: expect.stringContaining('SFS_PROVISIONING_CREDENTIAL_TOKEN') } });
  });

  it('are unavailable while provisioning is away or fails', async () => {
    refusal = { code: status.INTERNAL, details: 'Internal error' };
    await expect(client.ask(aLine())).rejects.toMatchObject({ kind: 'unavailable' });
    server.forceShutdown();
    await expect(client.ask(aLine())).rejects.toMatchObject({ kind: 'unavailable', code: expect.stringMatching(/^grpc\//) });
  });
});
