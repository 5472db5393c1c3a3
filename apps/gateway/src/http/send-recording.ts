import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { byteRangeOf } from './byte-range.ts';
import { EdgeError } from './edge-error.ts';

export interface OpenRecording {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** the listener has all of it, or has gone */
  close(): void;
}

/** What a route with `responseType: audio/wav` answers; read piece by piece, as fast as the listener takes it. */
export interface Recording {
  /** hash of the content: the strong ETag */
  readonly hash: string;
  readonly size: number;
  /** '' = to be played, not kept */
  readonly fileName: string;
  /** Rejects before the first byte when it cannot be read. */
  read(first: number, last: number): Promise<OpenRecording>;
}

/** RFC 9110: whole, one range (206), or 416. Answers HEAD without asking for audio. */
export async function sendRecording(recording: Recording, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { hash, size, fileName } = recording;
  const etag = `"${hash}"`;
  const isHead = request.method === 'HEAD';
  const range = isHead || !isCurrent(request.headers['if-range'], etag) ? 'whole' : byteRangeOf(request.headers.range, size);
  if (range === 'unsatisfiable') throw unsatisfiable(size);
  const { first, last } = range === 'whole' ? { first: 0, last: size - 1 } : range;
  // Read before the headers are set: a refusal must not carry them.
  const opened = isHead ? undefined : await recording.read(first, last);
  void reply
    .code(range === 'whole' ? 200 : 206)
    .headers({ etag, 'accept-ranges': 'bytes', 'content-type': 'audio/wav', 'content-length': String(last - first + 1), 'cache-control': 'private, no-store' })
    .headers(fileName === '' ? {} : { 'content-disposition': `attachment; filename="${fileName}"` })
    .headers(range === 'whole' ? {} : { 'content-range': `bytes ${first}-${last}/${size}` });
  if (opened) return reply.send(Readable.from(opened.bytes, { objectMode: false }).once('close', opened.close));
  // The framework measures a body that is not sent.
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>).end();
  return reply;
}

/** A part is good only for the very bytes the listener has begun with; dates are never told, so none is current. */
function isCurrent(ifRange: string | string[] | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange === etag;
}

function unsatisfiable(size: number): EdgeError {
  return new EdgeError(416, 'request/range', 'The recording has no such bytes', { field: 'Range', remedy: `It has ${size} bytes.`, headers: { 'content-range': `bytes */${size}`, 'accept-ranges': 'bytes' } });
}
