import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpuUsed, serveBench } from './bench-process.ts';

// What node:http costs by itself: the same headers and as many bytes, or 304, for whatever is asked. No credential, no device, no metric.
const body = Buffer.alloc(Number(process.argv[2]), 'x');
const etag = '"0123456789012345678901"';
const cache = ['cache-control', 'no-store, private'];
const headers = ['content-type', 'text/plain; charset=utf-8', 'content-length', String(body.byteLength), 'etag', etag, 'last-modified', 'Wed, 25 Nov 2026 09:00:00 GMT', 'accept-ranges', 'bytes', ...cache];

const server = createServer({ noDelay: true }, (request, response) => {
  if (request.headers['if-none-match'] === undefined) response.writeHead(200, headers).end(body);
  else response.writeHead(304, ['etag', etag, ...cache]).end();
});
server.listen(0, '127.0.0.1', () => serveBench({ port: (server.address() as AddressInfo).port, etag }, cpuUsed));
