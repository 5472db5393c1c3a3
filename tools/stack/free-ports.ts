import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { StackError } from './stack-error.ts';

// Below Linux's range for outgoing connections (32768+), so that no client's socket takes a port between finding and using it.
const LOW = 18_000;
const HIGH = 32_000;
const RANGES_LOW = 10_000;
const given = new Set<number>();

export async function isFree(port: number, address = '127.0.0.1'): Promise<boolean> {
  return (await canListen(port, address)) && (await canBindUdp(port, address));
}

/** Ports free for TCP and UDP on loopback right now, never the same one twice in this process. */
export async function findFreePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let tries = 0; found.length < count && tries < 500; tries += 1) {
    const port = LOW + Math.floor(Math.random() * (HIGH - LOW));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    found.push(port);
  }
  if (found.length < count) throw new StackError(`no ${count} free ports between ${LOW} and ${HIGH}`);
  return found;
}

/** The first of so many ports in a row, free for UDP right now: below the single ones, so that neither takes the other's. */
export async function findFreeRange(count: number, address = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const first = RANGES_LOW + 2 * Math.floor((Math.random() * (LOW - count - RANGES_LOW)) / 2);
    const free = await Promise.all(Array.from({ length: count }, (_, index) => canBindUdp(first + index, address)));
    if (!free.includes(false)) return first;
  }
  throw new StackError(`no ${count} free ports in a row between ${RANGES_LOW} and ${LOW}`);
}

export async function findFreePort(): Promise<number> {
  const [port] = await findFreePorts(1);
  return port as number;
}

function canListen(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function canBindUdp(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ port, address, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
