import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpuUsed, serveBench } from './bench-process.ts';

// The floor: reads a POST, parses its JSON, answers a constant of the given size. No check, no decision, no metric.
const constant = JSON.stringify({ pad: 'x'.repeat(Number(process.argv[2]) - 10) });
const length = String(Buffer.byteLength(constant));


const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    if (typeof JSON.parse(body) !== 'object') throw new Error('not a question');
    response.writeHead(200, ['content-type', 'application/json', 'content-length', length]);
    response.end(constant);
  });
});
server.listen(0, '127.0.0.1', () => serveBench({ port: (server.address() as AddressInfo).port }, cpuUsed));
