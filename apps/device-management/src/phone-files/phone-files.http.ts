import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { clientAddress } from './client-address.ts';
import type { PhoneFilesCounters } from './phone-files.counters.ts';
import type { PhoneFilesService, PhoneRequest } from './phone-files.service.ts';
import { MISSING, WRONG_METHOD, busy, unavailable } from './replies.ts';
import type { Outcome, Reply } from './reply.ts';
import { readTarget } from './request-target.ts';

export interface PhoneFilesDoorParts {
  readonly files: Pick<PhoneFilesService, 'answer' | 'refuseMethod'>;
  readonly counters: PhoneFilesCounters;
  readonly log: Logger;
  /** requests in progress at once */
  readonly maxRequests: number;
  /** own HTTP proxies in front */
  readonly proxies: number;
  readonly limits?: Partial<DoorLimits>;
}

/** Against those who are slow on purpose, or by a bad line. */
export interface DoorLimits {
  /** until the header, and the whole request, is there */
  readonly requestMs: number;
  /** from the request until its answer has left */
  readonly answerMs: number;
  readonly keepAliveMs: number;
  readonly maxConnections: number;
  /** a body that nobody wants is read so far, then the connection ends */
  readonly maxDiscarded: number;
}

const LIMITS: DoorLimits = { requestMs: 10_000, answerMs: 60_000, keepAliveMs: 15_000, maxConnections: 16_384, maxDiscarded: 1_048_576 };
/** A phone's request has some 400 bytes. */
const MAX_HEADER_BYTES = 8_192;
const CHECK_MS = 500;
const MAX_USER_AGENT = 256;
/** connections that wait to be taken; the system may allow less (net.core.somaxconn). With the usual 511 a storm waits for its lost SYNs to be sent again. */
const BACKLOG = 4_096;

interface Running {
  readonly request: IncomingMessage;
  readonly since: number;
  reply?: Reply;
}

/** The door for phones on a bare node:http server: a fleet reboots at once, so nothing lies between socket and file. */
export class PhoneFilesDoor {
  private readonly parts: PhoneFilesDoorParts;
  private readonly limits: DoorLimits;
  private readonly server: Server;
  /** requests whose answers have not left yet, oldest first */
  private readonly open = new Map<ServerResponse, Running>();
  private readonly guard: NodeJS.Timeout;
  private draining = false;

  constructor(parts: PhoneFilesDoorParts) {
    this.parts = parts;
    this.limits = { ...LIMITS, ...parts.limits };
    const { requestMs, keepAliveMs, maxConnections } = this.limits;
    this.server = createServer(
      { requestTimeout: requestMs, headersTimeout: requestMs, connectionsCheckingInterval: CHECK_MS, keepAliveTimeout: keepAliveMs, maxHeaderSize: MAX_HEADER_BYTES, noDelay: true },
      (request, response) => this.received(request, response),
    );
    this.server.maxConnections = maxConnections;
    this.server.on('drop', () => this.parts.counters.dropped++);
    // Whoever asks whether he may send a body is told no, not to go on.
    this.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => this.received(request, response));
    this.server.on('connect', (_: IncomingMessage, socket: Duplex) => this.answerRaw(socket, '405 Method Not Allowed'));
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket) => this.broken(error, socket));
    this.guard = setInterval(() => this.lookAfter(), CHECK_MS).unref();
  }

  get inProgress(): number {
    return this.open.size;
  }

  listen(host: string, port: number): Promise<{ host: string; port: number }> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ port, host, backlog: BACKLOG }, () => {
        this.server.off('error', reject);
        const { address, port: bound } = this.server.address() as AddressInfo;
        resolve({ host: address, port: bound });
      });
    });
  }

  /** Phones are asked to come back elsewhere; what is in progress goes out. Resolves when it has. */
  drain(): Promise<void> {
    this.draining = true;
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeIdleConnections();
    });
  }

  stop(): Promise<void> {
    clearInterval(this.guard);
    this.server.closeAllConnections();
    return this.draining ? Promise.resolve() : this.drain();
  }

  private received(request: IncomingMessage, response: ServerResponse): void {
    if (this.draining || this.open.size >= this.parts.maxRequests) return this.write(request, response, busy());
    this.open.set(response, { request, since: performance.now() });
    response.on('close', () => this.settle(response));
    try {
      const reply = this.replyTo(request);
      if (reply instanceof Promise) reply.then((later) => this.send(response, later), (error: unknown) => this.failed(request, response, error));
      else this.send(response, reply);
    } catch (error) {
      this.failed(request, response, error);
    }
  }

  private replyTo(request: IncomingMessage): Reply | Promise<Reply> {
    const { method, url = '', headers } = request;
    const target = readTarget(url);
    const isRead = method === 'GET' || method === 'HEAD';
    if (target === undefined) return isRead ? MISSING : WRONG_METHOD;
    const asked: PhoneRequest = {
      method: method === 'HEAD' ? 'HEAD' : 'GET',
      target,
      address: clientAddress(request.socket.remoteAddress ?? '', one(headers['x-forwarded-for']), this.parts.proxies),
      userAgent: (headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT),
      authorization: headers.authorization,
      conditions: { ifNoneMatch: headers['if-none-match'], ifModifiedSince: headers['if-modified-since'], range: headers.range, ifRange: one(headers['if-range']) },
    };
    return isRead ? this.parts.files.answer(asked) : this.parts.files.refuseMethod(asked);
  }

  private failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    this.parts.log.error({ err: error, file: readTarget(request.url ?? '')?.name ?? '' }, 'a request of a phone failed');
    if (!response.headersSent) this.send(response, unavailable());
  }

  private send(response: ServerResponse, reply: Reply): void {
    const running = this.open.get(response);
    if (running === undefined) {
      // The phone hung up while its file was made.
      this.count(reply.outcome, false);
      reply.settled?.(false);
      return;
    }
    running.reply = reply;
    this.write(running.request, response, reply);
  }

  private write(request: IncomingMessage, response: ServerResponse, { status, headers, body, outcome }: Reply): void {
    if (!this.open.has(response)) this.count(outcome, true);
    this.discard(request);
    response.writeHead(status, headers as string[]);
    if (body === undefined || request.method === 'HEAD') return void response.end();
    this.parts.counters.bytes += body.byteLength;
    response.end(body);
  }

  /** The answer has left, or its connection has ended. */
  private settle(response: ServerResponse): void {
    const running = this.open.get(response);
    if (running === undefined) return;
    this.open.delete(response);
    if (running.reply === undefined) return;
    this.count(running.reply.outcome, response.writableFinished);
    running.reply.settled?.(response.writableFinished);
  }

  private count(outcome: Outcome, complete: boolean): void {
    this.parts.counters.outcomes[outcome]++;
    if (!complete) this.parts.counters.broken++;
  }

  /** So that the answer is heard: a connection that ends with unread bytes is reset. */
  private discard(request: IncomingMessage): void {
    if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return;
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > this.limits.maxDiscarded) request.socket.destroy();
    });
    request.on('error', () => undefined);
  }

  /** Ends answers that nobody reads; and settles those that waited behind another one on a connection that ended: nobody tells of them. */
  private lookAfter(): void {
    const late = performance.now() - this.limits.answerMs;
    for (const [response, { request, since }] of this.open) {
      if (request.socket.destroyed) this.settle(response);
      else if (since < late) request.socket.destroy();
    }
  }

  /** What never became a request: torn, too slow, too large, or no HTTP. */
  private broken(error: NodeJS.ErrnoException, socket: Duplex): void {
    // An answer is still on its way: another one would be taken for it.
    const isOwed = [...this.open.values()].some(({ request }) => request.socket === socket);
    if (!socket.writable || error.code === 'ECONNRESET' || isOwed) return void socket.destroy();
    this.parts.counters.outcomes.malformed++;
    if (error.code === 'HPE_HEADER_OVERFLOW') return this.answerRaw(socket, '431 Request Header Fields Too Large');
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && (socket as Socket).bytesWritten > 0) return void socket.destroy();
    this.answerRaw(socket, error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request');
  }

  private answerRaw(socket: Duplex, status: string): void {
    const allow = status.startsWith('405') ? 'allow: GET, HEAD\r\n' : '';
    socket.on('error', () => undefined);
    socket.end(`HTTP/1.1 ${status}\r\n${allow}connection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
  }
}

const one = (value: string | string[] | undefined): string | undefined => (typeof value === 'string' ? value : value?.join(','));
