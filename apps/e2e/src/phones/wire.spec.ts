import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bootAll } from './storm.ts';
import { Answers, sequentialMacs, sweepFrom } from './sweep.ts';
import { Wire } from './wire.ts';

/** Answers the n-th request on a connection; strings are written one after the other, undefined ends the connection. */
let answer: (request: string) => (string | undefined)[];
let server: Server;
let port = 0;
const peers = new Set<string>();

beforeEach(async () => {
  peers.clear();
  server = createServer((socket: Socket) => {
    peers.add(socket.remoteAddress ?? '');
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (data) => void write(socket, answer(data.toString())));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function write(socket: Socket, parts: readonly (string | undefined)[]): Promise<void> {
  for (const part of parts) {
    if (part === undefined) socket.destroy();
    else await new Promise<void>((resolve) => void socket.write(part, () => setImmediate(resolve)));
  }
}

const ok = (body: string, head = ''): string => `HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: ${body.length}\r\n${head}\r\n${body}`;

it('reads an answer that comes in pieces, without its date, and asks again on the same connection', async () => {
  answer = () => ['HTTP/1.1 200 OK\r\nDa', 'te: now\r\nContent-Length: 5\r\nETag: "1"\r\n', '\r\nhel', 'lo'];
  const wire = await Wire.open({ host: '127.0.0.1', port });
  const wanted = { status: 200, head: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: "1"', body: 'hello' };
  expect(await wire.ask('/a')).toEqual(wanted);
  expect(await wire.ask('/b')).toEqual(wanted);
  wire.close();
});

it('fails when the connection ends before the answer', async () => {
  answer = () => ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel', undefined];
  const wire = await Wire.open({ host: '127.0.0.1', port });
  await expect(wire.ask('/a')).rejects.toThrow('closed before the answer');
});

it('sweeps from an address of its own and tells different answers apart', async () => {
  answer = (request) => [request.startsWith('GET /805ec0000002.cfg ') ? ok('secret') : ok('plain')];
  const answers = new Answers();
  await sweepFrom('127.9.9.9', sequentialMacs('805ec0', 4), { host: '127.0.0.1', port, pathOf: (mac) => `/${mac}.cfg` }, (_, each) => answers.add(each), 2);
  expect([...peers]).toEqual(['127.9.9.9']);
  expect(answers.kinds.map(({ count, answer: { body } }) => `${count} ${body}`).sort()).toEqual(['1 secret', '3 plain']);
});

it('boots come back when they are told to, and see what is not theirs', async () => {
  let asked = 0;
  answer = (request) => [(asked += 1) === 1 ? 'HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n' : ok(request.includes('/a ') ? 'of a' : 'of somebody else')];
  const phones = ['a', 'b'].map((mac) => ({ mac, authorization: 'Basic x', path: `/${mac}`, secret: `of ${mac}` }));
  const { statuses, wrong, served } = await bootAll(phones, { host: '127.0.0.1', port, limitMs: 5000 });
  expect([...statuses].sort()).toEqual([[200, 2], [503, 1]]);
  expect(wrong).toEqual(['b']);
  expect(served).toHaveLength(2);
});
