import type { FastifyReply, FastifyRequest } from 'fastify';
import { EdgeError } from '../http/edge-error.ts';
import { findUiFile, type UiFile } from './ui-files.ts';

/** GET of anything that is not the API. */
export function serveUi(files: ReadonlyMap<string, UiFile>, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (files.size === 0) throw new EdgeError(404, 'ui/not-built', 'The admin UI is not built', { remedy: 'Build it and restart the gateway, or set SFS_GATEWAY_UI_DIR.' });
  const file = findUiFile(files, pathOf(request));
  if (!file) throw new EdgeError(404, 'ui/unknown-file', 'There is no such file', { remedy: 'Begin at /.' });
  void reply.headers({ etag: file.etag, vary: 'Accept-Encoding', 'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache' });
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  const zipped = file.gzip !== undefined && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (zipped) void reply.header('content-encoding', 'gzip');
  return reply.type(file.type).send(zipped ? file.gzip : file.bytes);
}

function pathOf(request: FastifyRequest): string {
  const { '*': path = '' } = request.params as { '*'?: string };
  return path;
}
