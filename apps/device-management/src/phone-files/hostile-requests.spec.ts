import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@sfs/testing';
import { aDevice, aDoor, basicOf, YEALINK_AGENT, type DoorRig } from './door-rig.ts';
import { PhoneFilesCounters } from './phone-files.counters.ts';
import { PhoneFilesDoor } from './phone-files.http.ts';
import { MISSING } from './replies.ts';
import { parseAnswer, raw } from './raw-http.ts';

const MAC = '805ec0d57d72';
const DEVICE = aDevice({ mac: MAC });
const FILE = `/fs/dm/prov/enrolled/${MAC}.cfg`;
const CREDENTIAL = `Authorization: ${basicOf(DEVICE)}\r\n`;
const own = (more = ''): string => `GET ${FILE} HTTP/1.1\r\nHost: x\r\n${CREDENTIAL}${more}\r\n`;

let rig: DoorRig;
beforeEach(async () => {
  rig = await aDoor();
  rig.known.add(DEVICE);
});
afterEach(() => rig.stop());

const heard = async (...parts: (string | Buffer)[]): Promise<number> => parseAnswer(await raw(rig.port, parts)).status;
/** The door still serves, and no answer held a secret it should not. */
async function isWell(): Promise<void> {
  expect(await heard(own())).toBe(200);
}

describe('bytes that are no request', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['TLS', Buffer.from('160301020001000fc0', 'hex'), 400],
    ['SIP', 'OPTIONS sip:x SIP/2.0\r\nVia: x\r\n\r\n', 400],
    ['another version', `GET ${FILE} HTTP/3.7\r\nHost: x\r\n\r\n`, 400],
    ['no Host', `GET ${FILE} HTTP/1.1\r\n\r\n`, 400],
    ['two lengths', `GET ${FILE} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n`, 400],
    ['length and chunks', `POST ${FILE} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['chunks spelt otherwise, a body until the end', `POST ${FILE} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 405],
    ['a negative length', `POST ${FILE} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n`, 400],
    ['space before the colon', `GET ${FILE} HTTP/1.1\r\nHost : x\r\n\r\n`, 400],
    ['a folded header', `GET ${FILE} HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\nAuthorization : x\r\n\r\n`, 400],
    ['a bare CR in a header', `GET ${FILE} HTTP/1.1\r\nHost: x\r\nA: b\rAuthorization: c\r\n\r\n`, 400],
    ['NUL in the target', `GET /fs/dm/prov/a\0.cfg HTTP/1.1\r\nHost: x\r\n\r\n`, 400],
    ['a header of 20 KB', `GET ${FILE} HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['a target of 20 KB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['2,000 headers', `GET ${FILE} HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 2_000 }, (_, i) => `h${i}: x\r\n`).join('')}\r\n`, 431],
    ['CONNECT', 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n', 405],
    ['an unknown method', 'BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ])('%s', async (_, bytes, status) => {
    expect(await heard(bytes)).toBe(status);
    await isWell();
  });

  it('are counted', async () => {
    await heard('hello\r\n\r\n');
    expect(await rig.metrics.metrics()).toContain('sfs_devices_phone_requests_total{outcome="malformed"} 1');
  });
});

describe('requests that try', () => {
  it.each([
    ['to upgrade', own('Connection: upgrade\r\nUpgrade: websocket\r\n'), 200],
    ['an absolute target', own().replace(FILE, `http://x${FILE}`), 200],
    ['HTTP/1.0', `GET ${FILE} HTTP/1.0\r\n${CREDENTIAL}\r\n`, 200],
    ['two Authorization headers, of which the first counts', own('Authorization: Basic eDp5\r\n'), 200],
    ['two Authorization headers, the right one last', `GET ${FILE} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic eDp5\r\n${CREDENTIAL}\r\n`, 401],
    ['a GET with a body', own('Content-Length: 5\r\n') + 'hello', 200],
    ['to climb out', 'GET /fs/dm/prov/../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n', 405],
  ])('%s', async (_, bytes, status) => {
    expect(await heard(bytes)).toBe(status);
    await isWell();
  });

  it('to slip a second request into a body: it is a body', async () => {
    const inner = own();
    const answers = await raw(rig.port, [`PUT /fs/dm/prov/x.log HTTP/1.1\r\nHost: x\r\nContent-Length: ${inner.length}\r\n\r\n${inner}GET /fs/dm/prov/nothing.cfg HTTP/1.1\r\nHost: x\r\n\r\n`], 2);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 405', 'HTTP/1.1 404']);
    expect(answers).not.toContain('secret');
  });

  it('Expect: 100-continue: refused, not invited', async () => {
    const answer = await raw(rig.port, [`PUT /fs/dm/prov/x.log HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n`]);
    expect(parseAnswer(answer).status).toBe(405);
  });

  it('many at once on one connection: each is answered, in order', async () => {
    const answers = await raw(rig.port, [own() + `GET /fs/dm/prov/a.cfg HTTP/1.1\r\nHost: x\r\n\r\n` + own()], 3);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
  });

  it('in pieces: served when it is whole', async () => {
    expect(await heard(own().slice(0, 20), own().slice(20, 60), own().slice(60))).toBe(200);
  });

  it('behind one that is not answered yet, with something broken: nobody gets an answer that is not his', async () => {
    rig.configurations.uncached.add(MAC);
    rig.configurations.gate = new Promise(() => undefined);
    expect(await raw(rig.port, [`${own()}hello\r\n\r\n`])).toBe('');
    await eventually('nothing is in progress', async () => ((await rig.metrics.metrics()).includes('in_progress 0') ? true : undefined));
  });
});

describe('a connection that breaks', () => {
  const window = `GET /fs/dm/prov/${MAC}.cfg HTTP/1.1\r\nHost: x\r\nUser-Agent: ${YEALINK_AGENT} ${MAC}\r\n\r\n`;

  it('in the middle of a file gives the window back; the next phone gets it', async () => {
    rig.configurations.size = 32_000_000;
    rig.enrolment.windows.set(MAC, '');
    await new Promise<void>((resolve) => {
      const socket = connect(rig.port, '127.0.0.1', () => socket.write(window));
      socket.once('data', () => {
        socket.resetAndDestroy();
        resolve();
      });
    });
    await eventually('given back', () => (rig.enrolment.log.includes(`giveBack ${MAC}`) ? true : undefined));
    expect(rig.facts.fetches).toEqual([]);
    expect(rig.facts.events.at(-1)).toMatchObject({ outcome: 'window', hint: 'the connection broke before the end: the window stays open' });
    rig.configurations.size = 0;
    rig.configurations.files.clear();
    expect(await raw(rig.port, [window])).toContain(`secret of ${MAC}`);
    expect(rig.enrolment.log.slice(-2)).toEqual([`take ${MAC}`, `used ${MAC}`]);
  });

  it('while the file is made gives the window back too', async () => {
    let go = (): void => undefined;
    rig.configurations.gate = new Promise((resolve) => (go = resolve));
    rig.configurations.uncached.add(MAC);
    rig.enrolment.windows.set(MAC, '');
    const socket = connect(rig.port, '127.0.0.1', () => socket.write(window));
    await eventually('taken', () => (rig.enrolment.log.includes(`take ${MAC}`) ? true : undefined));
    socket.resetAndDestroy();
    await eventually('nothing is in progress', async () => ((await rig.metrics.metrics()).includes('in_progress 0') ? true : undefined));
    go();
    await eventually('given back', () => (rig.enrolment.log.includes(`giveBack ${MAC}`) ? true : undefined));
    expect(rig.facts.fetches).toEqual([]);
  });
});

describe('slowness', () => {
  const limits = { requestMs: 300, answerMs: 400, keepAliveMs: 300, maxDiscarded: 10_000 };
  const aBareDoor = async (answer = MISSING) => {
    const counters = new PhoneFilesCounters();
    const door = new PhoneFilesDoor({ files: { answer: () => answer, refuseMethod: () => MISSING }, counters, log: { error: () => undefined } as never, maxRequests: 10, proxies: 0, limits });
    return { door, counters, ...(await door.listen('127.0.0.1', 0)) };
  };
  const endOf = (port: number, bytes: string): Promise<string> => raw(port, [bytes], 99);

  it('of a header is answered 408, of a body after the answer by the end of the connection', async () => {
    const { door, port } = await aBareDoor();
    expect(parseAnswer(await endOf(port, 'GET /fs/dm')).status).toBe(408);
    expect(parseAnswer(await endOf(port, 'PUT /fs/dm/prov/a.log HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc')).status).toBe(404);
    await door.stop();
  });

  it('of a reader ends the connection', async () => {
    const { door, port, counters } = await aBareDoor({ status: 200, outcome: 'credential', headers: ['content-length', '64000000'], body: Buffer.alloc(64_000_000) });
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /fs/dm/prov/a.cfg HTTP/1.1\r\nHost: x\r\n\r\n'));
    socket.pause();
    socket.on('error', () => undefined);
    await eventually('it is broken off', () => (counters.broken === 1 ? true : undefined));
    expect(door.inProgress).toBe(0);
    socket.destroy();
    await door.stop();
  });

  it('a body without end ends the connection', async () => {
    const { door, port } = await aBareDoor();
    const answer = await endOf(port, `PUT /fs/dm/prov/a.log HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${'100\r\n'.concat('x'.repeat(256), '\r\n').repeat(100)}`);
    expect(answer.match(/HTTP\/1\.1/g)?.length ?? 0).toBeLessThanOrEqual(1);
    await door.stop();
  });
});

describe('draining', () => {
  it('lets out what is in progress and takes nothing new', async () => {
    let go = (): void => undefined;
    rig.configurations.gate = new Promise((resolve) => (go = resolve));
    rig.configurations.uncached.add(MAC);
    const running = raw(rig.port, [own()]);
    await eventually('one in progress', async () => ((await rig.metrics.metrics()).includes('in_progress 1') ? true : undefined));
    const drained = rig.drain();
    await expect(fetch(rig.url)).rejects.toThrow();
    go();
    expect(parseAnswer(await running).status).toBe(200);
    await drained;
  });
});
