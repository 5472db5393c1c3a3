import type { Socket } from 'node:net';
import { randomUUID } from 'node:crypto';

const ANSWERS: Readonly<Record<string, readonly [number, string, string, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'request/too-slow', 'The request did not arrive in time'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'request/headers-too-large', 'The URL and headers are too large'],
};

/** What Node refuses before there is a request: torn, slow or overlong. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, reason, type, title] = ANSWERS[error.code ?? ''] ?? [400, 'Bad Request', 'request/malformed-http', 'This is not well-formed HTTP'];
  const body = JSON.stringify({ type, title, status, requestId: randomUUID() });
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}
