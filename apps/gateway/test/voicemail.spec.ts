import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MailboxSettings, type User } from '@sfs/contracts';
import { routes } from '@sfs/rest-contract';
import { waitFor } from '../../../tools/stack/wait-for.ts';
import { cookieOf, type GatewayUnderTest, type RestClient, startGatewayUnderTest } from './gateway-under-test.ts';

const V1 = '/api/v1';
const LISTENABLE = MailboxSettings.fromJSON({ administratorMayListen: true });
const HEAD_BYTES = 58;

describe('mailboxes through the REST door', () => {
  let gateway: GatewayUnderTest;
  let admin: RestClient;
  let ada: User;
  let owner: RestClient;
  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    admin = await gateway.administrator();
    ada = gateway.provisioning.add('default', 'Ada');
    owner = await signedInUser(ada.id, 'ada');
    gateway.voicemail.add('default', '1002', LISTENABLE);
    await admin.get(`${V1}/mailboxes/1002/owner`, { method: 'PUT', body: { userId: ada.id } });
    gateway.voicemail.add('default', '1003');
  });
  afterAll(() => gateway.stop());

  async function signedInUser(id: string, login: string): Promise<RestClient> {
    const { oneTimePassword } = await admin.get<{ oneTimePassword: string }>(`${V1}/users/${id}/account`, { method: 'POST', body: { login } });
    const client = await gateway.client().signIn(login, oneTimePassword);
    client.cookie = cookieOf(await client.send(`${V1}/session/password`, { method: 'PUT', body: { current: oneTimePassword, next: 'my own password' } }));
    return client;
  }

  async function linkTo(client: RestClient, mailbox: string, bytes: number): Promise<{ url: string; audio: Uint8Array; id: string; hash: string }> {
    const { message, audio } = gateway.voicemail.leave('default', mailbox, bytes);
    const { url } = routes.createAudioLink.response.parse(await client.get(`${V1}/mailboxes/${mailbox}/messages/${message.id}/audio-link`, { method: 'POST' }));
    return { url, audio, id: message.id, hash: message.contentHash };
  }

  it('are created with a one-time PIN, given to a user, and shown with origin of each setting', async () => {
    const request = { method: 'POST', body: { number: '1010', userId: ada.id, settings: { maxMessages: 20 } }, headers: { 'idempotency-key': 'box-1' } };
    const created = routes.createMailbox.response.parse(await admin.get(`${V1}/mailboxes`, request));
    expect(created).toMatchObject({ number: '1010', oneTimePin: '730418', owner: { userId: ada.id, displayName: 'Ada' }, lamp: { lit: true, toldAt: null } });
    expect(created.effective.maxMessages).toEqual({ value: 20, origin: 'mailbox', layers: [{ layer: 'system', value: 10 }, { layer: 'mailbox', value: 20 }] });
    expect(created.effective.timeZone).toMatchObject({ value: 'UTC', origin: 'system' });
    expect(await admin.get(`${V1}/mailboxes`, request), 'the same request again').toMatchObject({ number: '1010', oneTimePin: '' });
    expect(routes.listMailboxesOfUser.response.parse(await owner.get(`${V1}/users/${ada.id}/mailboxes`)).items.map(({ number }) => number)).toEqual(['1002', '1010']);
    expect(routes.listMailboxes.response.parse(await admin.get(`${V1}/mailboxes`)).items.map(({ number, owner: whose }) => [number, whose?.displayName])).toEqual([['1002', 'Ada'], ['1003', undefined], ['1010', 'Ada']]);
  });

  it('are not created for a user that does not exist', async () => {
    const refused = await admin.problem(`${V1}/mailboxes`, { method: 'POST', body: { number: '1011', userId: '6f1fdd0e-6c1a-4a52-9e0c-0d6c6b4f3a11' } });
    expect(refused).toMatchObject({ status: 422, type: 'users/unknown', field: 'userId' });
    expect(gateway.voicemail.mailboxes.has('default/1011')).toBe(false);
  });

  it('are unlinked before they are deleted, and neither on a stale tag', async () => {
    const { owner: _, meta } = routes.getMailbox.response.parse(await admin.get(`${V1}/mailboxes/1010`));
    expect(await admin.problem(`${V1}/mailboxes/1010`, { method: 'DELETE', headers: { 'if-match': '"old"' } })).toMatchObject({ status: 412, currentTag: meta.tag });
    expect(gateway.provisioning.links.has('default/1010')).toBe(true);
    expect((await admin.send(`${V1}/mailboxes/1010`, { method: 'DELETE', headers: { 'if-match': `"${meta.tag}"` } })).status).toBe(204);
    expect(gateway.provisioning.links.has('default/1010')).toBe(false);
  });

  it('change hands and settings', async () => {
    const given = await admin.send(`${V1}/mailboxes/1003/owner`, { method: 'PUT', body: { userId: gateway.provisioning.add('default', 'Grace').id } });
    expect(await given.json()).toMatchObject({ owner: { displayName: 'Grace' } });
    expect(await admin.get(`${V1}/mailboxes/1003/owner`, { method: 'PUT', body: { userId: null } })).toMatchObject({ owner: null });
    const read = await admin.send(`${V1}/mailboxes/1003`);
    const changed = await admin.get(`${V1}/mailboxes/1003`, { method: 'PUT', body: { timeZone: 'Europe/Berlin' }, headers: { 'if-match': read.headers.get('etag') ?? '' } });
    expect(changed).toMatchObject({ settings: { timeZone: 'Europe/Berlin' }, effective: { timeZone: { origin: 'mailbox' } } });
    expect(await admin.get(`${V1}/mailboxes/1003/pin`, { method: 'POST' })).toEqual({ oneTimePin: '285913' });
  });

  it('answer a foreign mailbox exactly as one that does not exist', async () => {
    const UNKNOWN = '7777777';
    const { message } = gateway.voicemail.leave('default', '1003', 160);
    const forms = (number: string): readonly (readonly [string, string])[] => [
      ['GET', `${V1}/mailboxes/${number}`],
      ['POST', `${V1}/mailboxes/${number}/pin`],
      ['DELETE', `${V1}/mailboxes/${number}/lock`],
      ['DELETE', `${V1}/mailboxes/${number}/greetings/name`],
      ['GET', `${V1}/mailboxes/${number}/messages`],
      ['DELETE', `${V1}/mailboxes/${number}/messages/${message.id}`],
      ['POST', `${V1}/mailboxes/${number}/messages/${message.id}/heard`],
      ['POST', `${V1}/mailboxes/${number}/messages/${message.id}/restore`],
      ['POST', `${V1}/mailboxes/${number}/messages/${message.id}/audio-link`],
    ];
    const answersOf = async (number: string) => {
      const problems = await Promise.all(forms(number).map(([method, path]) => owner.problem(path, { method })));
      return problems.map(({ requestId: _, ...rest }) => JSON.stringify(rest).replaceAll(number, 'NUMBER'));
    };
    const foreign = await answersOf('1003');
    expect(new Set(foreign)).toEqual(new Set([expect.stringContaining('mailboxes/unknown')]));
    expect(foreign).toEqual(await answersOf(UNKNOWN));
    expect(message.state).toBe('new');
    expect(await owner.problem(`${V1}/mailboxes`)).toMatchObject({ status: 403 });
  });

  it('let their owner hear, delete and take back messages', async () => {
    const { message } = gateway.voicemail.leave('default', '1002', 1600);
    const path = `${V1}/mailboxes/1002/messages`;
    expect(routes.listMessages.response.parse(await owner.get(path)).items).toMatchObject([{ id: message.id, state: 'new', fromName: 'Cedar Wren' }]);
    expect(await owner.get(`${path}/${message.id}/heard`, { method: 'POST' })).toMatchObject({ state: 'old' });
    expect(await owner.get(`${path}/${message.id}`, { method: 'DELETE' })).toMatchObject({ state: 'deleted' });
    expect(await owner.get(`${path}?folder=deleted`)).toMatchObject({ items: [{ id: message.id }] });
    expect(await owner.get(`${path}/${message.id}/restore`, { method: 'POST' })).toMatchObject({ state: 'old' });
  });

  it('are heard by an administrator only when they allow it, and each time is kept', async () => {
    const { message } = gateway.voicemail.leave('default', '1003', 160);
    const refused = await admin.problem(`${V1}/mailboxes/1003/messages/${message.id}/audio-link`, { method: 'POST' });
    expect(refused).toMatchObject({ status: 403, type: 'messages/listening-not-allowed' });
    expect(refused.remedy).toContain('Administrators may listen');
    const { id, url } = await linkTo(admin, '1002', 160);
    await linkTo(owner, '1002', 160);
    await admin.send(url);
    expect(gateway.voicemail.server.calls.findLast(({ method }) => method === 'readAudio')).toMatchObject({ request: { listener: 'administrator' }, context: { actor: 'admin', tenant: 'default' } });
    const { items } = routes.listChanges.response.parse(await admin.get(`${V1}/changes?pageSize=200`));
    expect(items.filter(({ kind }) => kind === 'listening')).toMatchObject([{ owner: 'gateway', actor: 'admin', entityId: `1002/${id}`, after: { event: 'opened-for-listening' } }]);
    expect(items.filter(({ owner: from }) => from === 'voicemail').map(({ entityId }) => entityId)).toContain('1002');
  });

  it('give the recording byte for byte as a WAV, and leave no link in the log', async () => {
    const { url, audio, hash } = await linkTo(owner, '1002', 5_001);
    const response = await gateway.client().send(url);
    expect([response.status, response.headers.get('content-type'), response.headers.get('etag'), response.headers.get('accept-ranges'), response.headers.get('cache-control')]).toEqual([200, 'audio/wav', `"${hash}"`, 'bytes', 'private, no-store']);
    const wav = Buffer.from(await response.arrayBuffer());
    expect([wav.toString('latin1', 0, 4), wav.readUInt32LE(4), wav.readUInt16LE(20), wav.readUInt32LE(54)]).toEqual(['RIFF', wav.length - 8, 6, 5_001]);
    expect(wav.subarray(HEAD_BYTES, HEAD_BYTES + 5_001).equals(audio)).toBe(true);
    const kept = await gateway.client().send(`${url}?download=true`);
    expect(kept.headers.get('content-disposition')).toBe('attachment; filename="message-1002-20261125060000.wav"');
    await kept.arrayBuffer();
    expect(gateway.lines.join('\n')).not.toContain(url.slice(-43));
  });

  it.each([
    ['bytes=0-', 206, 0, 5_057],
    ['bytes=0-9', 206, 0, 9],
    ['bytes=57-58', 206, 57, 58],
    ['bytes=2000-2999', 206, 2_000, 2_999],
    ['bytes=5000-99999', 206, 5_000, 5_057],
    ['bytes=-100', 206, 4_958, 5_057],
    ['bytes=-99999', 206, 0, 5_057],
    ['bytes=5058-', 416, 0, 0],
    ['bytes=-0', 416, 0, 0],
    ['bytes=9-1', 200, 0, 5_057],
    ['bytes=0-1,5-9', 200, 0, 5_057],
    ['pages=1-2', 200, 0, 5_057],
    ['bytes=nonsense', 200, 0, 5_057],
  ])('answer Range: %s with %i', async (range, status, first, last) => {
    const { url } = await linkTo(owner, '1002', 5_000);
    const whole = Buffer.from(await (await gateway.client().send(url)).arrayBuffer());
    const response = await gateway.client().send(url, { headers: { range } });
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.status).toBe(status);
    if (status === 416) return expect(response.headers.get('content-range')).toBe('bytes */5058');
    expect(response.headers.get('content-range')).toBe(status === 206 ? `bytes ${first}-${last}/5058` : null);
    expect(body.equals(whole.subarray(first, last + 1))).toBe(true);
  });

  it('take If-Range for what it names only, and answer HEAD without audio', async () => {
    const { url, hash } = await linkTo(owner, '1002', 5_000);
    const statusOf = async (ifRange: string) => (await gateway.client().send(url, { headers: { range: 'bytes=0-9', 'if-range': ifRange } })).status;
    expect([await statusOf(`"${hash}"`), await statusOf('"another"'), await statusOf(`W/"${hash}"`), await statusOf(new Date().toUTCString())]).toEqual([206, 200, 200, 200]);
    const read = gateway.voicemail.server.calls.filter(({ method }) => method === 'readAudio').length;
    const head = await gateway.client().send(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.headers.get('etag'), await head.text()]).toEqual([200, '5058', `"${hash}"`, '']);
    expect(gateway.voicemail.server.calls.filter(({ method }) => method === 'readAudio')).toHaveLength(read);
  });

  it('read no faster than the listener, and stop when he leaves', async () => {
    const BYTES = 64 * 1024 * 1024;
    const { url } = await linkTo(owner, '1002', BYTES);
    const before = gateway.voicemail.taken;
    const leaving = new AbortController();
    const response = await fetch(`${gateway.base}${url}`, { signal: leaving.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    expect(gateway.voicemail.listeners).toBe(1);
    leaving.abort();
    await waitFor(() => gateway.voicemail.listeners === 0, { what: 'nobody listens any more', limitMs: 5_000 });
    expect(gateway.voicemail.taken - before).toBeLessThan(BYTES / 2);
  });

  it('refuse forged links', async () => {
    const { url } = await linkTo(owner, '1002', 160);
    const [payload = '', signature = ''] = url.slice(`${V1}/audio/`.length).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as string[];
    const otherBox = Buffer.from(JSON.stringify(claims.with(1, '1003'))).toString('base64url');
    for (const forged of [`${otherBox}.${signature}`, `${payload}.${'A'.repeat(43)}`, `${payload}.`, `${payload}`, 'a'.repeat(64), `${payload}.${signature}A`]) {
      expect(await gateway.client().problem(`${V1}/audio/${forged}`), forged).toMatchObject({ status: 404, type: 'messages/link-unknown' });
    }
  });

  it('are away alone when voicemail is away', async () => {
    gateway.voicemail.server.close();
    expect(await admin.problem(`${V1}/mailboxes`)).toMatchObject({ status: 503, type: 'grpc/unreachable' });
    expect((await admin.send(`${V1}/users`)).status).toBe(200);
    expect(gateway.service.health()).toMatchObject({ ready: true });
  });
});
