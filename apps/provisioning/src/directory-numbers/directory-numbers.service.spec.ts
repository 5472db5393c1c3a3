import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '@sfs/config';
import { ANN, BEA, caller, refusalOf, scenario, type Scenario } from '../entities/spec-scenario.ts';
import { Envelope } from '../secrets/envelope.ts';
import { DirectoryNumbersService } from './directory-numbers.service.ts';
import { SipPasswordsService } from './sip-passwords.service.ts';

const KEY = { switchId: 'site-a', number: '1001' };
const wanted = { ...KEY, userId: '', idempotencyKey: '' };

describe('directory numbers', () => {
  let at: Scenario;
  let told: string[];
  let numbers: DirectoryNumbersService;
  let passwords: SipPasswordsService;
  const envelope = new Envelope(new Secret(Buffer.alloc(32, 7).toString('base64')));
  beforeEach(async () => {
    at = await scenario();
    told = [];
    const registrar = { credentialChanged: async (tenant: string, id: string) => void told.push(`${tenant}/${id}`) };
    numbers = new DirectoryNumbersService(at.store, registrar);
    passwords = new SipPasswordsService(at.store, envelope, registrar);
    await at.putUser(ANN, 'Ann');
  });

  it('exists once on its switch', async () => {
    await numbers.create(caller, wanted);
    expect(await refusalOf(numbers.create(caller, wanted))).toMatchObject({ kind: 'conflict', code: 'directory-numbers/exists' });
  });

  it('is created once however often the same request is sent', async () => {
    const once = { ...wanted, userId: ANN, idempotencyKey: 'k' };
    expect(await numbers.create(caller, once)).toEqual(await numbers.create(caller, once));
  });

  it('belongs to an existing user of its tenant only', async () => {
    expect((await numbers.create(caller, { ...wanted, userId: ANN })).body.userId).toBe(ANN);
    expect(await refusalOf(numbers.create(caller, { ...wanted, number: '1002', userId: BEA }))).toMatchObject({ code: 'users/unknown', field: 'userId' });
    expect(await refusalOf(numbers.create(caller, { ...wanted, switchId: 'site-x' }))).toMatchObject({ code: 'switches/unknown', field: 'switchId' });
  });

  it('is nobody’s when its user is deleted while it is given to it', async () => {
    at.store.beforeCommit = async () => void (await at.store.commit({ ...caller, rows: [{ kind: 'user', id: ANN, expect: 'any', body: {}, deleted: true }] }));
    expect(await refusalOf(numbers.create(caller, { ...wanted, userId: ANN }))).toMatchObject({ code: 'users/unknown' });
    expect((await numbers.get('default', KEY)).body.userId).toBe('');
  });

  it('changes hands only from the version the change is based on', async () => {
    const created = await numbers.create(caller, wanted);
    const change = { userId: ANN, expectedTag: created.tag, idempotencyKey: '' };
    expect((await numbers.update(caller, KEY, change)).body.userId).toBe(ANN);
    expect(await refusalOf(numbers.update(caller, KEY, change))).toMatchObject({ code: 'directory-numbers/stale-version' });
  });

  it('is listed by prefix, in order', async () => {
    for (const number of ['1010', '1001', '2001', '+491']) await at.putNumber(number);
    const listed = async (query: string, pageSize = 0, pageToken = '') => numbers.list('default', { switchId: 'site-a', query, pageSize, pageToken });
    expect((await listed('10')).numbers.map(({ body }) => body.number)).toEqual(['1001', '1010']);
    expect((await listed('+')).numbers).toHaveLength(1);
    const first = await listed('', 3);
    expect((await listed('', 3, first.nextPageToken)).numbers.map(({ body }) => body.number)).toEqual(['2001']);
  });

  it('can be created again after it was deleted, without its old password', async () => {
    await numbers.create(caller, wanted);
    await passwords.set(caller, KEY, '');
    const { tag } = await numbers.get('default', KEY);
    await numbers.delete(caller, KEY, tag);
    await numbers.delete(caller, KEY, tag);
    expect(await refusalOf(numbers.get('default', KEY))).toMatchObject({ code: 'directory-numbers/unknown' });
    expect((await at.store.read('default', 'sip-credential', 'site-a/1001'))?.body).toMatchObject({ sealed: '' });
    expect(told).toEqual(['default/site-a/1001', 'default/site-a/1001']);
    expect((await numbers.create(caller, wanted)).body.hasSipPassword).toBe(false);
  });

  describe('SIP password', () => {
    beforeEach(() => numbers.create(caller, wanted));

    it('is generated, answered once and stored only encrypted', async () => {
      const answer = await passwords.set(caller, KEY, '');
      expect(answer).toMatchObject({ userName: '1001', sipDomain: 'a.example', password: expect.stringMatching(/^[A-Za-z2-9]{20}$/) });
      const stored = await at.store.read('default', 'sip-credential', 'site-a/1001');
      expect(JSON.stringify(at.store.history)).not.toContain(answer.password);
      expect(envelope.open(String(stored?.body['sealed']), 'default/site-a/1001')).toBe(answer.password);
      expect((await numbers.get('default', KEY)).body.hasSipPassword).toBe(true);
      expect(told).toEqual(['default/site-a/1001']);
    });

    it('of two writers at once the later one stands', async () => {
      at.store.beforeCommit = () => passwords.set(caller, KEY, 'first-password');
      await passwords.set(caller, KEY, 'later-password');
      const stored = await at.store.read('default', 'sip-credential', 'site-a/1001');
      expect(envelope.open(String(stored?.body['sealed']), 'default/site-a/1001')).toBe('later-password');
    });

    it.each(['short', 'x'.repeat(65), 'with blanks inside', 'pässword-with-umlaut', 'line\nend-in-it'])('refuses %j', async (password) => {
      expect(await refusalOf(passwords.set(caller, KEY, password))).toMatchObject({ kind: 'invalid', field: 'password' });
    });

    it('is refused for a number no phone can register with', async () => {
      await numbers.create(caller, { ...wanted, number: '*21#' });
      expect(await refusalOf(passwords.set(caller, { switchId: 'site-a', number: '*21#' }, ''))).toMatchObject({ code: 'directory-numbers/not-registrable' });
    });
  });
});
