import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ha1 } from '@sfs/testing';
import { DOMAIN, ProxyUnderTest } from './proxy-under-test.ts';

describe('registrar and credential door, with everything else away', () => {
  let proxy: ProxyUnderTest;

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start();
  });
  afterEach(() => proxy.closePhones());
  afterAll(() => proxy.stop());

  /** The answer to a REGISTER, which is taken back at once. */
  const registers = async (user: string, password: string): Promise<number> => {
    const phone = await proxy.open({ user, password });
    const { status } = await phone.register();
    if (status === 200) await phone.unregister();
    return status;
  };

  it('a password counts from the moment the door has answered, and the one before no more', async () => {
    await proxy.allow('1001', 'first');
    expect(await registers('1001', 'first')).toBe(200);
    await proxy.allow('1001', 'second');
    expect(await registers('1001', 'first')).toBe(401);
    expect(await registers('1001', 'second')).toBe(200);
  });

  it('an HA1 in capitals is the same', async () => {
    await proxy.door('PUT', { user: '1001', ha1: ha1('1001', DOMAIN, 'capitals').toUpperCase() });
    expect(await registers('1001', 'capitals')).toBe(200);
  });

  it('who is deleted neither registers nor rings any more', async () => {
    const caller = await proxy.phone('1001');
    const callee = await proxy.phone('1002');
    await caller.call('1002').answered();
    expect((await proxy.door('DELETE', { user: '1002' })).status).toBe(200);
    expect((await callee.register()).status).toBe(401);
    expect((await caller.call('1002').final()).status).toBe(503);
  });

  it('deleting who was never there is no fault', async () => {
    expect((await proxy.door('DELETE', { user: '7777' })).status).toBe(200);
  });

  it('40 written at once are all kept', async () => {
    const users = Array.from({ length: 40 }, (_, index) => String(4000 + index));
    await Promise.all(users.map((user) => proxy.allow(user)));
    await proxy.halt();
    await proxy.boot();
    const statuses = await Promise.all(users.map((user) => registers(user, `pw-${user}`)));
    expect(statuses).toEqual(users.map(() => 200));
  });

  it('phones stay registered over a restart, passwords over kill -9', async () => {
    const caller = await proxy.phone('1001');
    const callee = await proxy.phone('1002');
    await proxy.halt();
    await proxy.boot();
    await caller.call('1002').answered();
    await callee.nextCall();
    await proxy.allow('1003', 'just-now');
    await proxy.halt('SIGKILL');
    await proxy.boot();
    expect(await registers('1003', 'just-now')).toBe(200);
  });

  describe('the door refuses', () => {
    const good = ha1('1001', DOMAIN, 'x');
    it.each([
      ['no token', 'PUT', { user: '1001', ha1: good }, 401, ''],
      ['a wrong token', 'PUT', { user: '1001', ha1: good }, 401, 'guess'],
      ['a method it does not know', 'POST', { user: '1001', ha1: good }, 405, undefined],
      ['no body', 'PUT', '', 400, undefined],
      ['no JSON', 'PUT', '{"user":"1001",', 400, undefined],
      ['JSON nested 10,000 deep', 'PUT', `${'['.repeat(10_000)}`, 400, undefined],
      ['a user with a quote', 'PUT', { user: "1001' OR 1=1 --", ha1: good }, 400, undefined],
      ['a user of 65 characters', 'PUT', { user: 'u'.repeat(65), ha1: good }, 400, undefined],
      ['an empty user', 'DELETE', { user: '' }, 400, undefined],
      ['a user that is no text', 'DELETE', { user: { a: 1 } }, 400, undefined],
      ['no ha1', 'PUT', { user: '1001' }, 400, undefined],
      ['an ha1 of 31 digits', 'PUT', { user: '1001', ha1: good.slice(1) }, 400, undefined],
      ['an ha1 with more behind it', 'PUT', { user: '1001', ha1: `${good}\n'` }, 400, undefined],
    ])('%s', async (_what, method, body, code, token) => {
      await proxy.allow('1001', 'kept');
      const response = await (token === undefined ? proxy.door(method, body) : proxy.door(method, body, token));
      expect(response.status).toBe(code);
      expect(await registers('1001', 'kept')).toBe(200);
    });

    it('another path, and its own paths at the SIP port', async () => {
      const ask = (port: number, path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: 'Bearer door-token', connection: 'close' } });
      expect((await ask(proxy.values.doorPort, '/other')).status).toBe(404);
      expect((await ask(proxy.values.sipPort, '/status')).status).toBe(404);
    });
  });
});
