import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GetSipCredentialRequest, SipCredentialsServiceClient } from '@sfs/contracts';
import { call, connectClient, type CallRules } from '@sfs/grpc';
import type { RunningService } from '@sfs/service-host';
import { context, createNumber, createTopology, refusal, rules } from './calls.ts';
import { connectClients, endApp, openPlace, startApp, type Clients, type Place } from './provisioning-under-test.ts';

const doorToken = 'credential-token-of-a-test';
let place: Place;
let app: RunningService;
let at: Clients;
let credentials: SipCredentialsServiceClient;

beforeAll(async () => {
  place = await openPlace({ SFS_PROVISIONING_CREDENTIAL_TOKEN: doorToken });
  app = await startApp(place);
  at = connectClients(place);
  credentials = connectClient(SipCredentialsServiceClient, `127.0.0.1:${place.env['SFS_PROVISIONING_GRPC_PORT']}`);
  await createTopology(at);
  for (const number of ['1001', '1002']) await createNumber(at, number);
});

afterAll(async () => {
  credentials.close();
  at.close();
  await endApp(app);
  await place.keyspace.drop();
});

const setPassword = (number: string) => call(at.numbers, 'setSipPassword', { switchId: 'site-a', number, password: '' }, context, rules);
const getNumber = (number: string) => call(at.numbers, 'getDirectoryNumber', { switchId: 'site-a', number }, context, rules).then(({ directoryNumber }) => directoryNumber);
const ask = (number: string, given: CallRules = { ...rules, doorToken }) => call(credentials, 'getSipCredential', GetSipCredentialRequest.create({ switchId: 'site-a', number }), context, given);

describe('SIP credentials', () => {
  it('are answered to who shows both tokens, with the tag the number has now', async () => {
    const { password } = await setPassword('1001');
    const number = await getNumber('1001');
    expect(await ask('1001')).toEqual({ userName: '1001', password, sipDomain: 'site-a.example', tag: number?.meta?.tag });
  });

  it('have another tag after each new password', async () => {
    await setPassword('1001');
    const first = await ask('1001');
    await setPassword('1001');
    const second = await ask('1001');
    expect(second.tag).not.toBe(first.tag);
    expect(second.password).not.toBe(first.password);
  });

  it('are refused to who shows the service token only, or a wrong one', async () => {
    expect(await refusal(ask('1001', rules))).toMatchObject({ kind: 'denied', code: 'grpc/door-token' });
    expect(await refusal(ask('1001', { ...rules, doorToken: 'guess' }))).toMatchObject({ kind: 'denied', code: 'grpc/door-token' });
    expect(await refusal(ask('1001', { deadlineMs: 5_000, doorToken }))).toMatchObject({ kind: 'denied', code: 'grpc/unauthenticated' });
  });

  it('are not found without a password, and once the number is deleted', async () => {
    expect(await refusal(ask('1002'))).toMatchObject({ kind: 'not-found', code: 'sip-credentials/none' });
    await setPassword('1002');
    const number = await getNumber('1002');
    await call(at.numbers, 'deleteDirectoryNumber', { switchId: 'site-a', number: '1002', expectedTag: number?.meta?.tag ?? '', idempotencyKey: '' }, context, rules);
    expect(await refusal(ask('1002'))).toMatchObject({ kind: 'not-found', code: 'directory-numbers/unknown' });
  });

  it('are shut for everybody when the service has no token for them', async () => {
    await endApp(app);
    const { SFS_PROVISIONING_CREDENTIAL_TOKEN: _none, ...env } = place.env;
    app = await startApp({ ...place, env });
    expect(await refusal(ask('1001'))).toMatchObject({ kind: 'denied', code: 'grpc/door-shut' });
    expect((await getNumber('1001'))?.number).toBe('1001');
  });
});
