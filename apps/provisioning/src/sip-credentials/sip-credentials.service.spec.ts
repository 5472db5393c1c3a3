import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '@sfs/config';
import { refusalOf, scenario, type Scenario } from '../entities/spec-scenario.ts';
import { Envelope } from '../secrets/envelope.ts';
import { SipCredentialsService } from './sip-credentials.service.ts';

const KEY = { switchId: 'site-a', number: '1001' };
const envelopeOf = (byte: number): Envelope => new Envelope(new Secret(Buffer.alloc(32, byte).toString('base64')));

describe('SIP credentials', () => {
  let at: Scenario;
  const envelope = envelopeOf(7);
  const credentials = (opener = envelope): SipCredentialsService => new SipCredentialsService(at.store, opener);
  const putPassword = (password: string): Promise<string> =>
    at.put('sip-credential', 'site-a/1001', { ...KEY, sealed: password === '' ? '' : envelope.seal(password, 'default/site-a/1001') });
  beforeEach(async () => {
    at = await scenario();
  });

  it('are what the phone of a number registers with, and the tag of the number', async () => {
    const tag = await at.putNumber('1001');
    await putPassword('correct-horse');
    expect(await credentials().get('default', KEY)).toEqual({ userName: '1001', password: 'correct-horse', sipDomain: 'a.example', tag });
  });

  it('carry the tag from before the password was read, so that a change in between is asked for again', async () => {
    const before = await at.putNumber('1001');
    await putPassword('first-password');
    const read = at.store.read.bind(at.store);
    at.store.read = async (tenant, kind, id) => {
      if (kind === 'sip-credential') {
        await at.putNumber('1001');
        await putPassword('later-password');
      }
      return read(tenant, kind, id);
    };
    expect(await credentials().get('default', KEY)).toMatchObject({ password: 'later-password', tag: before });
  });

  it.each([
    ['no number', () => Promise.resolve(), 'directory-numbers/unknown'],
    ['no password', () => at.putNumber('1001'), 'sip-credentials/none'],
    ['a password that was taken back', () => at.putNumber('1001').then(() => putPassword('')), 'sip-credentials/none'],
  ])('are not found with %s', async (_what, prepare, code) => {
    await prepare();
    expect(await refusalOf(credentials().get('default', KEY))).toMatchObject({ kind: 'not-found', code, field: 'number' });
  });

  it('are of their own tenant only', async () => {
    await at.putNumber('1001');
    await putPassword('correct-horse');
    expect(await refusalOf(credentials().get('other', KEY))).toMatchObject({ kind: 'not-found' });
  });

  it('cannot be opened with another envelope key', async () => {
    await at.putNumber('1001');
    await putPassword('correct-horse');
    expect(await refusalOf(credentials(envelopeOf(8)).get('default', KEY))).toMatchObject({ kind: 'unavailable', code: 'sip-credentials/other-key' });
  });
});
