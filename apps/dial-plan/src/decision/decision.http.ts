import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { carriesToken } from '@sfs/service-host';
import { renderError } from './answer.ts';
import type { Fault } from './check-question.ts';
import type { DecisionCounters } from './decision.counters.ts';
import type { DecisionService } from './decision.service.ts';
import { parseQuestion } from './parse-question.ts';
import { MAX_BODY_BYTES } from './question.ts';
import type { DecidingSwitch, Refusal, SwitchBoard } from './switch-board.ts';

export interface DoorParts {
  readonly board: SwitchBoard;
  readonly decisions: DecisionService;
  readonly counters: DecisionCounters;
  readonly log: Logger;
  /** required in `Authorization: Bearer`; undefined on loopback */
  readonly token?: string | undefined;
}

/** A whole request must have arrived within this time: slow senders cannot hold sockets. */
const REQUEST_TIMEOUT_MS = 5_000;
/** SIP servers keep their connections. */
const KEEP_ALIVE_MS = 120_000;
const MAX_CONNECTIONS = 4_096;

type Problem = Pick<Fault, 'code' | 'message' | 'field' | 'remedy'> & { readonly status: number };

const UNKNOWN_METHOD: Problem = { status: 501, code: 'request/unknown-operation', message: 'this door answers POST (route) and GET (heartbeat)', remedy: 'POST the question of a call to /SWITCH' };
const TOO_LARGE: Problem = { status: 400, code: 'request/too-large', message: `the body is larger than ${MAX_BODY_BYTES} bytes`, remedy: 'send the fields of the question only' };
const NO_TOKEN: Problem = { status: 400, code: 'request/token', message: 'the service token is missing or wrong', remedy: 'send Authorization: Bearer with the token of this deployment' };
const STOPPING: Problem = { status: 503, code: 'service/stopping', message: 'this instance stops', remedy: 'ask another instance' };
const FAILED: Problem = { status: 500, code: 'internal', message: 'the decision failed; the log of this instance knows why', remedy: 'ask another instance' };

/** The public door for SIP servers on a bare node:http server: every call passes here, so nothing lies between socket and decision. */
export class DecisionDoor {
  private readonly parts: DoorParts;
  private readonly server: Server;
  private draining = false;
  private drained = false;

  constructor(parts: DoorParts) {
    this.parts = parts;
    this.server = createServer(
      { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 500, keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: 8_192, noDelay: true },
      (request, response) => this.received(request, response),
    );
    this.server.maxConnections = MAX_CONNECTIONS;
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerBroken(error, socket));
  }

  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => resolve((this.server.address() as AddressInfo).port));
    });
  }

  /** Heartbeats say no from now on; questions are still answered. */
  drain(): void {
    this.draining = true;
  }

  /** Late questions get 503; what was taken is answered before the sockets close. */
  stop(): Promise<void> {
    this.draining = this.drained = true;
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeIdleConnections();
    });
  }

  private received(request: IncomingMessage, response: ServerResponse): void {
    const { method } = request;
    if (method !== 'POST' && method !== 'GET') return this.refuse(request, response, UNKNOWN_METHOD);
    if (this.parts.token !== undefined && !carriesToken(request.headers.authorization ?? '', this.parts.token)) return this.refuse(request, response, NO_TOKEN);
    const switchId = switchOf(request.url ?? '/');
    const at = this.parts.board.find(switchId);
    if (method === 'GET') return this.heartbeat(response, at ? undefined : this.parts.board.refusal(switchId));
    if (this.drained) return this.refuse(request, response, STOPPING);
    if (!at) return this.refuse(request, response, this.parts.board.refusal(switchId));
    this.read(request, response, at);
  }

  private heartbeat(response: ServerResponse, refusal: Refusal | undefined): void {
    const { counters } = this.parts;
    const problem = this.draining ? STOPPING : refusal;
    if (problem) {
      counters.heartbeatsRefused++;
      // Whatever the reason, also for an unknown name: a heartbeat knows "yes" and "not now".
      return send(response, 503, renderError(problem));
    }
    counters.heartbeatsOk++;
    send(response, 200, '{"status":"deciding"}');
  }

  private read(request: IncomingMessage, response: ServerResponse, at: DecidingSwitch): void {
    let body: Buffer | undefined;
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return response.headersSent ? undefined : this.refuse(request, response, TOO_LARGE);
      body = body ? Buffer.concat([body, chunk]) : chunk;
    });
    request.on('end', () => {
      if (!response.headersSent) this.decide(request, response, { at, body: body ?? EMPTY });
    });
  }

  private decide(request: IncomingMessage, response: ServerResponse, asked: { at: DecidingSwitch; body: Buffer }): void {
    const parsed = parseQuestion(asked.body);
    if (parsed.fault) return this.refuse(request, response, parsed.fault);
    try {
      this.parts.decisions.answer(asked.at, parsed.question, (json) => send(response, 200, json));
    } catch (error) {
      this.parts.counters.outcomes.failed++;
      this.parts.log.error({ err: error, switchId: asked.at.switchId, callId: parsed.question.callId }, 'decision failed');
      if (!response.headersSent) send(response, FAILED.status, renderError(FAILED));
    }
  }

  private refuse(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
    if (problem === TOO_LARGE || this.drained) response.setHeader('connection', 'close');
    send(response, problem.status, renderError(problem));
    this.parts.decisions.refuse({ switchId: switchOf(request.url ?? '').slice(0, 63), status: problem.status, code: problem.code, message: problem.message, callId: '', from: '', to: '' });
  }
}

const EMPTY = Buffer.alloc(0);

function switchOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url.slice(1) : url.slice(1, end);
}

function send(response: ServerResponse, status: number, json: string): void {
  const bytes = Buffer.byteLength(json);
  response.writeHead(status, ['content-type', 'application/json', 'content-length', String(bytes)]);
  // As many bytes as characters is ASCII: copied to the socket without encoding.
  response.end(json, bytes === json.length ? 'latin1' : 'utf8');
}

/** What never became a request: torn, too slow or no HTTP. 400, because another instance would hear the same. */
function answerBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET' || (socket as Socket).bytesWritten > 0 && error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    socket.destroy();
    return;
  }
  const slow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const json = renderError(
    slow
      ? { code: 'request/too-slow', message: `the request did not arrive within ${REQUEST_TIMEOUT_MS / 1000} s`, remedy: 'send headers and body at once' }
      : { code: 'request/not-http', message: 'this is not an HTTP/1.1 request', remedy: 'POST the question of a call to /SWITCH' },
  );
  socket.end(`HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`, () => socket.destroy());
}
