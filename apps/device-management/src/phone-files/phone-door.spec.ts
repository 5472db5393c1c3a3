import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '@sfs/kernel';
import { eventually, PhoneClient } from '@sfs/testing';
import { aDevice, aDoor, basicOf, YEALINK_AGENT, type DoorRig } from './door-rig.ts';

const MAC = '805ec0d57d72';
const OTHER = '805ec0d57d73';
const AUDIOCODES = '00908f602aac';
const DEVICE = aDevice({ mac: MAC, credentialGeneration: 2 });
const AGENT = { 'user-agent': `${YEALINK_AGENT} ${MAC}` };

let rig: DoorRig;
beforeEach(async () => {
  rig = await aDoor({ SFS_DEVICES_SWEEP_LIMIT: 5 });
  rig.known.add(DEVICE);
});
afterEach(() => rig.stop());

interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  const response = await fetch(`${rig.url}/${path}`, { method, headers: { ...AGENT, ...headers } });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const withCredential = (generation = 2): Record<string, string> => ({ authorization: basicOf(DEVICE, generation) });
const WRONG = { authorization: `Basic ${btoa(`${MAC}:wrong`)}` };
const isSecret = ({ text }: Got): boolean => text.includes('secret');

async function lastEvent(outcome: string) {
  return eventually(`an event ${outcome}`, () => rig.facts.events.findLast((event) => event.outcome === outcome));
}
async function count(outcome: string): Promise<number> {
  const text = await rig.metrics.metrics();
  return Number(new RegExp(`sfs_devices_phone_requests_total\\{outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1]);
}

describe('with its credential', () => {
  it.each([`enrolled/${MAC}.cfg`, `${MAC}.cfg`, `${MAC.toUpperCase()}.cfg`, '80-5e-c0-d5-7d-72.cfg', `~acme/${MAC}.cfg`])('a phone gets its own file as %s', async (path) => {
    const got = await get(path, withCredential());
    expect(got.status).toBe(200);
    expect(got.text).toContain(`secret of ${MAC}`);
    expect(got.headers.get('cache-control')).toBe('no-store, private');
    expect(got.headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    expect(got.headers.get('last-modified')).toBe('Wed, 25 Nov 2026 09:00:00 GMT');
    expect(await lastEvent('credential')).toMatchObject({ mac: MAC, status: 200, revision: 3, address: '127.0.0.1', model: 'T46U', firmware: '108.86.0.90', hint: '' });
    expect(rig.facts.fetches).toEqual([{ tenant: 'default', mac: MAC, revision: 3, generation: 2 }]);
  });

  it('is told that nothing has changed, and nothing else', async () => {
    const { headers } = await get(`enrolled/${MAC}.cfg`, withCredential());
    const again = await get(`enrolled/${MAC}.cfg`, { ...withCredential(), 'if-none-match': headers.get('etag') ?? '' });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', headers.get('etag')]);
    expect(await lastEvent('unchanged')).toMatchObject({ status: 304, revision: 3, sizeBytes: 0 });
    await eventually('both fetches', () => (rig.facts.fetches.length === 2 ? true : undefined));
    const since = await get(`enrolled/${MAC}.cfg`, { ...withCredential(), 'if-modified-since': headers.get('last-modified') ?? '' });
    expect(since.status).toBe(304);
  });

  it('may show the one before until the new one was used', async () => {
    expect((await get(`enrolled/${MAC}.cfg`, withCredential(1))).status).toBe(200);
    expect(rig.facts.fetches.at(-1)).toMatchObject({ generation: 1 });
    rig.facts.used.set(MAC, 2);
    expect((await get(`enrolled/${MAC}.cfg`, withCredential(1))).status).toBe(401);
    expect((await get(`enrolled/${MAC}.cfg`, withCredential(2))).status).toBe(200);
  });

  it('gets a part, and a HEAD without a body; neither counts as fetched', async () => {
    const part = await get(`enrolled/${MAC}.cfg`, { ...withCredential(), range: 'bytes=0-2' });
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, 'own', expect.stringMatching(/^bytes 0-2\/\d+$/)]);
    const head = await get(`enrolled/${MAC}.cfg`, withCredential(), 'HEAD');
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', part.headers.get('content-range')?.split('/')[1]]);
    expect((await get(`enrolled/${MAC}.cfg`, { ...withCredential(), range: 'bytes=9999-' })).status).toBe(416);
    expect(rig.facts.fetches).toEqual([]);
  });

  it('gets no other device’s file', async () => {
    rig.known.add(aDevice({ mac: OTHER }));
    expect((await get(`enrolled/${OTHER}.cfg`, withCredential())).status).toBe(401);
    const plain = await get(`${OTHER}.cfg`, withCredential());
    expect([plain.status, isSecret(plain)]).toEqual([200, false]);
  });

  it('is served from what is at hand while the stores are away, and told to come later when nothing is', async () => {
    rig.configurations.uncached.add(MAC);
    rig.configurations.failure = new DomainError('unavailable', 'devices/unavailable', 'provisioning does not answer');
    const got = await get(`enrolled/${MAC}.cfg`, withCredential());
    expect(got.status).toBe(503);
    expect(Number(got.headers.get('retry-after'))).toBeGreaterThanOrEqual(20);
    expect(await lastEvent('refused')).toMatchObject({ status: 503, hint: expect.stringContaining('provisioning does not answer') });
    rig.configurations.failure = new Error('a bug');
    expect((await get(`enrolled/${MAC}.cfg`, withCredential())).status).toBe(503);
    expect(rig.logged.filter((line) => line.includes('could not be rendered'))).toHaveLength(1);
  });

  it('needs no User-Agent, even when its MAC says nothing of its vendor', async () => {
    const device = aDevice({ mac: '001122334455', vendor: 'audiocodes', model: '440HD' });
    rig.known.add(device);
    for (const [headers, status] of [[{ authorization: basicOf(device) }, 200], [{}, 404], [WRONG, 404]] as const) {
      expect((await get('enrolled/001122334455.cfg', { 'user-agent': '', ...headers })).status).toBe(status);
      expect((await get('001122334466.cfg', { 'user-agent': '', ...headers })).status).toBe(404);
    }
  });

  it('is told that there is no file while it has no number', async () => {
    rig.configurations.uncached.add(MAC);
    rig.configurations.failure = new DomainError('not-found', 'devices/no-line', 'no number');
    expect((await get(`enrolled/${MAC}.cfg`, withCredential())).status).toBe(404);
    expect(await lastEvent('missing')).toMatchObject({ hint: 'has no number: assign one' });
  });
});

describe('below enrolled/', () => {
  it('without or with a wrong credential every MAC gets the same 401', async () => {
    const answers = await Promise.all([get(`enrolled/${MAC}.cfg`), get(`enrolled/${MAC}.cfg`, WRONG), get(`enrolled/${OTHER}.cfg`), get(`enrolled/${OTHER}.cfg`, WRONG), get(`enrolled/${MAC}.cfg`, { authorization: 'Digest x' })]);
    const seen = new Set(answers.map(({ status, headers, text }) => JSON.stringify([status, text, [...headers].filter(([name]) => name !== 'date')])));
    expect(seen.size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(answers[0]?.headers.get('www-authenticate')).toBe('Basic realm="phones"');
    expect(await lastEvent('wrong-credential')).toMatchObject({ mac: MAC, status: 401, hint: expect.stringContaining('open the enrolment window') });
    expect(await lastEvent('refused')).toMatchObject({ mac: MAC, status: 401, hint: '' });
    expect(rig.facts.waiting).toEqual([]);
  });

  it('a window changes nothing', async () => {
    rig.enrolment.windows.set(MAC, '');
    expect((await get(`enrolled/${MAC}.cfg`)).status).toBe(401);
  });
});

describe('an open window', () => {
  it('gives the device its secrets once', async () => {
    rig.enrolment.windows.set(MAC, '127.0.0.1');
    const got = await get(`${MAC}.cfg`);
    expect([got.status, isSecret(got)]).toEqual([200, true]);
    expect(await lastEvent('window')).toMatchObject({ status: 200, revision: 3 });
    await eventually('the window is used', () => (rig.enrolment.log.length === 2 ? true : undefined));
    expect(rig.enrolment.log).toEqual([`take ${MAC}`, `used ${MAC}`]);
    expect(rig.facts.fetches).toEqual([{ tenant: 'default', mac: MAC, revision: 3, generation: 0 }]);
    expect(isSecret(await get(`${MAC}.cfg`))).toBe(false);
  });

  it('gives the whole file whatever part is asked for, and nothing to a HEAD', async () => {
    rig.enrolment.windows.set(MAC, '');
    expect(isSecret(await get(`${MAC}.cfg`, {}, 'HEAD'))).toBe(false);
    expect(rig.enrolment.log).toEqual([]);
    expect((await get(`${MAC}.cfg`, { range: 'bytes=0-2', 'if-none-match': '*' })).status).toBe(200);
  });

  it('is for one address only', async () => {
    rig.enrolment.windows.set(MAC, '192.0.2.1');
    const got = await get(`${MAC}.cfg`);
    expect([got.status, isSecret(got)]).toEqual([200, false]);
  });

  it('is given back when the file cannot be made: 503, no bootstrap', async () => {
    rig.enrolment.windows.set(MAC, '');
    rig.configurations.uncached.add(MAC);
    rig.configurations.failure = new DomainError('unavailable', 'devices/unavailable', 'away');
    expect((await get(`${MAC}.cfg`)).status).toBe(503);
    expect(rig.enrolment.log).toEqual([`take ${MAC}`, `giveBack ${MAC}`]);
    rig.configurations.failure = undefined;
    expect(isSecret(await get(`${MAC}.cfg`))).toBe(true);
  });

  it('of ten phones with one MAC serves one', async () => {
    rig.enrolment.windows.set(MAC, '');
    const got = await Promise.all(Array.from({ length: 10 }, () => get(`${MAC}.cfg`)));
    expect(got.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(got.filter(isSecret)).toHaveLength(1);
  });
});

describe('without a credential', () => {
  it('a phone that nobody entered gets a bootstrap without secrets and waits', async () => {
    const got = await get(`${OTHER}.cfg`, { 'user-agent': `${YEALINK_AGENT} 80:5e:c0:d5:7d:73` });
    expect([got.status, isSecret(got)]).toEqual([200, false]);
    expect(got.text).toContain('static.auto_provision.server.url');
    expect(rig.facts.waiting).toEqual([{ tenant: 'default', mac: OTHER, vendor: 'yealink', model: 'T46U', firmware: '108.86.0.90', address: '127.0.0.1', userAgent: 'Yealink SIP-T46U 108.86.0.90 80:5e:c0:d5:7d:73' }]);
    expect(rig.facts.events).toEqual([]);
    await get(`~acme/${OTHER}.cfg`);
    expect(rig.facts.waiting.at(-1)?.tenant).toBe('acme');
  });

  it('an entered one gets the same, and a line that says what to do', async () => {
    const got = await get(`${MAC}.cfg`);
    expect([got.status, isSecret(got)]).toEqual([200, false]);
    expect(await lastEvent('bootstrap')).toMatchObject({ mac: MAC, subject: `${MAC}.cfg`, hint: 'asks without its credential: was it reset? open the enrolment window' });
    rig.known.add({ ...DEVICE, number: '' });
    await get(`${MAC}.cfg`);
    expect(rig.facts.events.at(-1)?.hint).toBe('has no number yet: assign one');
    expect(rig.facts.waiting).toEqual([]);
  });

  it('a wrong one changes the line, not the answer', async () => {
    const [none, wrong] = [await get(`${MAC}.cfg`), await get(`${MAC}.cfg`, WRONG)];
    expect(wrong.text).toBe(none.text);
    expect(await lastEvent('wrong-credential')).toMatchObject({ status: 200 });
  });

  it('a forged User-Agent changes the layout at most', async () => {
    rig.known.add(aDevice({ mac: AUDIOCODES, vendor: 'audiocodes', model: '440HD' }));
    const got = await get(`${AUDIOCODES}.cfg`, { 'user-agent': `${YEALINK_AGENT} ${MAC}` });
    expect(isSecret(got)).toBe(false);
    expect(await lastEvent('bootstrap')).toMatchObject({ mac: AUDIOCODES, hint: expect.stringContaining('User-Agent') });
  });

  it('nobody is answered before the devices are read', async () => {
    rig.known.isLoaded = false;
    expect((await get(`${MAC}.cfg`)).status).toBe(503);
    expect((await get(`${OTHER}.cfg`)).status).toBe(503);
    expect((await get(`${MAC}.cfg`, withCredential())).status).toBe(503);
  });
});

describe('files for all', () => {
  it('common and boot files have no secrets and can be asked for on condition', async () => {
    for (const path of ['y000000000108.cfg', 'enrolled/y000000000108.cfg', `${MAC}.boot`]) {
      const got = await get(path);
      expect([got.status, isSecret(got)]).toEqual([200, false]);
      expect((await get(path, { 'if-none-match': got.headers.get('etag') ?? '' })).status).toBe(304);
    }
    expect(await lastEvent('common')).toMatchObject({ subject: `${MAC}.boot` });
  });

  it.each(['T46U-108.86.0.100.rom', '440HD.img', `${MAC}-contact.xml`, `enrolled/${MAC}-local.cfg`, 'y000000000000.boot', 'nothing.cfg', '../../etc/passwd', '%2e%2e/x'])('%s is not there', async (path) => {
    expect((await get(path)).status).toBe(404);
    expect((await get(path, withCredential())).status).toBe(404);
  });

  it.each(['PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused, its body is not kept', async (method) => {
    for (const path of [`${MAC}-local.cfg`, `${MAC}-app.log`, 'enrolled/x']) {
      const response = await fetch(`${rig.url}/${path}`, { method, body: 'x'.repeat(100_000), headers: AGENT });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    expect(await lastEvent('refused')).toMatchObject({ subject: `${MAC}-local.cfg`, status: 405 });
  });
});

describe('a sweep', () => {
  const sweep = async (many: number, path = (mac: string) => `${mac}.cfg`): Promise<number[]> => {
    const statuses: number[] = [];
    for (let i = 0; i < many; i++) statuses.push((await get(path(`805ec0d580${i.toString(16).padStart(2, '0')}`), WRONG)).status);
    return statuses;
  };

  it('is limited for known and unknown alike, never with the right credential, and reported at once', async () => {
    expect(await sweep(8)).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    const [known, unknown] = [await get(`${MAC}.cfg`), await get(`${OTHER}.cfg`)];
    expect([known.status, known.text, known.headers.get('retry-after')]).toEqual([429, unknown.text, '600']);
    expect((await get(`enrolled/${MAC}.cfg`, withCredential())).status).toBe(200);
    expect((await get('y000000000108.cfg')).status).toBe(200);
    expect(rig.facts.sweeps).toMatchObject([{ address: '127.0.0.1', refused: 1 }]);
    expect(await lastEvent('limited')).toMatchObject({ status: 429, hint: expect.stringContaining('sweeps') });
    expect(await count('limited')).toBe(5);
    expect(rig.logged.join('')).not.toContain('Basic');
  });

  it('is no house full of phones that show their credentials after the challenge', async () => {
    const devices = Array.from({ length: 20 }, (_, i) => aDevice({ mac: `805ec0d590${i.toString(16).padStart(2, '0')}` }));
    rig.known.add(...devices);
    for (const { mac } of devices) expect((await get(`enrolled/${mac}.cfg`)).status).toBe(401);
    for (const device of devices) expect((await get(`enrolled/${device.mac}.cfg`, { authorization: basicOf(device) })).status).toBe(200);
    expect((await get(`${OTHER}.cfg`)).status).toBe(200);
    expect(rig.facts.sweeps).toEqual([]);
  });
});

it('believes X-Forwarded-For from as many proxies as configured', async () => {
  await get(`${OTHER}.cfg`, { 'x-forwarded-for': '192.0.2.9' });
  expect(rig.facts.waiting.at(-1)?.address).toBe('127.0.0.1');
  const behind = await aDoor({ SFS_DEVICES_PROXIES: 1 });
  await fetch(`${behind.url}/${OTHER}.cfg`, { headers: { ...AGENT, 'x-forwarded-for': '6.6.6.6, 192.0.2.9' } });
  await eventually('it waits', () => behind.facts.waiting[0]);
  expect(behind.facts.waiting[0]?.address).toBe('192.0.2.9');
  await behind.stop();
});

describe('whole phones', () => {
  it('a Yealink comes up through its window, then asks with its credential', async () => {
    const phone = PhoneClient.yealink({ mac: MAC, url: rig.url });
    await phone.boot();
    expect(phone.asked).toEqual([`GET /fs/dm/prov/${MAC}.boot -> 200`, `GET /fs/dm/prov/${MAC}.cfg -> 200`]);
    rig.enrolment.windows.set(MAC, '127.0.0.1');
    await phone.boot();
    expect(phone.ownFile?.toString()).toContain(`secret of ${MAC}`);
    phone.close();
  });

  it('an AudioCodes is told that there is no firmware and gets its bootstrap', async () => {
    const phone = PhoneClient.audioCodes({ mac: AUDIOCODES, url: rig.url });
    await phone.boot();
    expect(phone.asked).toEqual(['HEAD /fs/dm/prov/440HD.img -> 404', 'GET /fs/dm/prov/00908F602AAC.cfg -> 200']);
    expect(rig.facts.waiting).toMatchObject([{ vendor: 'audiocodes', model: '440HD' }]);
    phone.close();
  });
});
