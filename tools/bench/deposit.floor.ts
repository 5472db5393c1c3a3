// The floor: receives the same packets on one connected socket a call and writes the same bytes to the same Cassandra at LOCAL_QUORUM. No SIP, no greeting, no order of packets.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { connectCassandra, type CqlSession, type Statement } from '@sfs/cassandra';
import { serveBench } from './bench-process.ts';

const CHUNK = 64 * 1024;
const [contactPoint = '', keyspace = ''] = process.argv.slice(2);
const writeChunk: Statement = { cql: 'INSERT INTO bench_chunk (id, seq, bytes) VALUES (?, ?, ?)', consistency: 'localQuorum', idempotent: true };
const createTable: Statement = { cql: 'CREATE TABLE IF NOT EXISTS bench_chunk (id text, seq int, bytes blob, PRIMARY KEY (id, seq))', consistency: 'localQuorum', idempotent: true };

interface Stream {
  readonly socket: Socket;
  readonly audio: Buffer;
  at: number;
  seq: number;
  written: Promise<unknown>[];
}

const session: CqlSession = connectCassandra({ contactPoints: [contactPoint], localDataCenter: 'site-a', keyspace });
let streams: Stream[] = [];
let run = 0;

async function open(): Promise<Stream> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { socket, audio: Buffer.alloc(CHUNK), at: 0, seq: 0, written: [] };
}

function receive(stream: Stream, packet: Buffer, id: string): void {
  if (packet.length !== 172) return;
  packet.copy(stream.audio, stream.at, 12);
  stream.at += 160;
  if (stream.at + 160 > CHUNK) flush(stream, id);
}

function flush(stream: Stream, id: string): void {
  if (stream.at === 0) return;
  stream.written.push(session.execute(writeChunk, [id, stream.seq, Buffer.from(stream.audio.subarray(0, stream.at))]));
  stream.seq += 1;
  stream.at = 0;
}

async function begin(calls: number): Promise<{ ports: number[] }> {
  streams = await Promise.all(Array.from({ length: calls }, open));
  run += 1;
  streams.forEach((stream, index) => stream.socket.on('message', (packet) => receive(stream, packet, `${run}-${index}`)));
  return { ports: streams.map(({ socket }) => socket.address().port) };
}

async function end(): Promise<{ chunks: number }> {
  streams.forEach((stream, index) => flush(stream, `${run}-${index}`));
  const written = streams.flatMap((stream) => stream.written);
  await Promise.all(written);
  for (const { socket } of streams) socket.close();
  return { chunks: written.length };
}

async function whenConnected(): Promise<void> {
  for (const until = performance.now() + 30_000; !session.connected; ) {
    if (performance.now() > until) throw new Error(`no Cassandra at ${contactPoint}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await session.execute(createTable, []);
}

await whenConnected();
serveBench({ pid: process.pid }, async (message) => {
  const order = message as { begin?: number };
  return order.begin === undefined ? end() : begin(order.begin);
});
