import type { Logger } from 'pino';
import { addressOf, parseUri } from './address.ts';
import { Call, type CallHost } from './call.ts';
import { refusalOf } from './checks.ts';
import type { Counters } from './counters.ts';
import { dialogKey } from './dialog.ts';
import type { SipHandlers } from './endpoint.ts';
import { ALLOW, formatResponse, tagFor, type ResponseParts } from './format.ts';
import { parseMessage, type Malformed, type Refusable, type Request, type Response } from './message.ts';
import { expiresOf, incomingSubscribe } from './subscribe.ts';
import type { ServerTransaction } from './server-transaction.ts';
import type { Transactions } from './transactions.ts';
import { stampVia, type Via } from './via.ts';
import type { Place, Source } from './transport.ts';

/** The parts of the endpoint that a request is matched against. */
export interface Core extends CallHost {
  readonly transactions: Transactions;
  readonly byDialog: Map<string, Call>;
  /** our own `HOST:PORT`s */
  readonly sentBy: ReadonlySet<string>;
  readonly full: boolean;
}

const RETRY_SECONDS = 10;

/** From bytes to whoever has to know (RFC 3261 8.2, 18.2.1). Nothing here throws: what a stranger sends must not end the process. */
export class Incoming {
  /** set before the first message can come: both are made in one turn of the loop */
  core: Core | undefined;
  readonly #handlers: SipHandlers;
  readonly #counters: Counters;
  readonly #log: Logger;

  constructor(handlers: SipHandlers, counters: Counters, log: Logger) {
    this.#handlers = handlers;
    this.#counters = counters;
    this.#log = log;
  }

  receive(bytes: Buffer, source: Source): void {
    const { core } = this;
    if (!core) return;
    this.#counters.add('received');
    try {
      const parsed = parseMessage(bytes);
      if (!parsed.ok) this.#malformed(parsed.error, source, core);
      else if (parsed.value.kind === 'response') this.#response(parsed.value, core);
      else this.#request(stamped(parsed.value, source), source, core);
    } catch (error) {
      this.#counters.add('handler_failed');
      this.#log.error({ err: error, source: `${source.host}:${source.port}` }, 'sip message failed');
    }
  }

  #malformed({ status, reason, request }: Malformed, source: Source, core: Core): void {
    this.#counters.add('malformed');
    this.#log.debug({ source: `${source.host}:${source.port}`, reason }, 'malformed sip message');
    if (request) this.#refuse(stamped(request, source), { status, reason }, source, core);
  }

  #response(response: Response, core: Core): void {
    const known = (response.headers.get('via')?.length ?? 0) === 1 && core.transactions.receive(response);
    if (!known) this.#counters.add('unmatched');
  }

  #request(request: Request, source: Source, core: Core): void {
    const transaction = core.transactions.find(request);
    if (request.method === 'ACK') return this.#ack(request, transaction, core);
    if (transaction) return transaction.receive(request);
    const refusal = refusalOf(request, core);
    if (refusal) return this.#refuse(request, refusal, source, core);
    if (request.method === 'CANCEL') return this.#cancel(request, source, core);
    if (core.transactions.isMerged(request)) return this.#refuse(request, { status: 482, reason: 'Request Merged' }, source, core);
    if (request.method === 'OPTIONS') return this.#answer(request, { status: 200, headers: [`Allow: ${ALLOW}`, 'Accept: application/sdp', 'Supported: timer'] }, source, core);
    this.#dispatch(request, source, core);
  }

  #dispatch(request: Request, source: Source, core: Core): void {
    const localTag = request.to.params.get('tag');
    if (request.method === 'REGISTER') return this.#register(this.#open(request, source, core), core);
    if (request.method === 'SUBSCRIBE') return this.#subscribe(this.#open(request, source, core), source, core);
    if (localTag !== undefined) {
      const call = core.byDialog.get(callKey(request, localTag));
      if (!call) return this.#refuse(request, { status: 481 }, source, core);
      return call.receive(this.#open(request, source, core));
    }
    if (request.method !== 'INVITE') return this.#refuse(request, { status: 481 }, source, core);
    if (core.full) {
      this.#counters.add('calls_refused');
      return this.#refuse(request, { status: 503, headers: [`Retry-After: ${RETRY_SECONDS}`] }, source, core);
    }
    this.#invite(this.#open(request, source, core), source, core);
  }

  #invite(transaction: ServerTransaction, source: Source, core: Core): void {
    transaction.respond(100, formatResponse(transaction.request, core.userAgent, { status: 100 }));
    const call = new Call(transaction, source, core);
    core.byDialog.set(call.key, call);
    try {
      this.#handlers.invite(call);
    } catch (error) {
      core.failed('invite', error);
      call.reject(500, 'Server Internal Error');
      call.hangUp();
    }
  }

  #ack(request: Request, transaction: ServerTransaction | undefined, core: Core): void {
    if (transaction && !transaction.accepted) return transaction.receive(request);
    core.byDialog.get(callKey(request, request.to.params.get('tag') ?? ''))?.acknowledge(request);
  }

  #cancel(request: Request, source: Source, core: Core): void {
    const invite = core.transactions.find(request, 'INVITE');
    this.#answer(request, { status: invite ? 200 : 481 }, source, core);
    if (!invite || invite.answered) return;
    for (const call of core.byDialog.values()) if (call.transaction === invite) call.cancel();
  }

  #subscribe(transaction: ServerTransaction, source: Source, core: Core): void {
    const respond = (parts: ResponseParts): void => transaction.respond(parts.status, formatResponse(transaction.request, core.userAgent, parts));
    const subscribe = incomingSubscribe(transaction.request, core.contact(source), respond);
    try {
      this.#handlers.subscribe(subscribe);
    } catch (error) {
      core.failed('subscribe', error);
      subscribe.reject(500, 'Server Internal Error');
    }
  }

  /** A third party's: To is whom it is about, there is nothing to bind (RFC 3261 10.2). */
  #register(transaction: ServerTransaction, core: Core): void {
    const { request } = transaction;
    const respond = (parts: ResponseParts): void => transaction.respond(parts.status, formatResponse(request, core.userAgent, { ...parts, toTag: tagFor(request) }));
    if (!parseUri(request.to.uri)) return respond({ status: 400, reason: 'Bad To' });
    const { user, host } = addressOf(request.to.uri);
    const expires = expiresOf(request);
    try {
      this.#handlers.register(user, host, expires);
      respond({ status: 200, headers: [`Expires: ${expires}`] });
    } catch (error) {
      core.failed('register', error);
      respond({ status: 500 });
    }
  }

  #open(request: Request, source: Source, core: Core): ServerTransaction {
    const place = answerPlace(request.via, source);
    return core.transactions.open({ request, reliable: source.transport === 'tcp', protocol: source.transport.toUpperCase(), send: (text) => source.reply(text, place) });
  }

  #refuse(request: Refusable, parts: ResponseParts, source: Source, core: Core): void {
    this.#counters.add('refused');
    this.#answer(request, parts, source, core);
  }

  /** Without state: a repeated request gets the same answer again (RFC 3261 8.2.7). */
  #answer(request: Refusable, parts: ResponseParts, source: Source, core: Core): void {
    source.reply(formatResponse(request, core.userAgent, { toTag: tagFor(request), ...parts }), answerPlace(request.via, source));
  }
}

function callKey(request: Request, localTag: string): string {
  return dialogKey({ callId: request.callId, localTag, remoteTag: request.from.params.get('tag') ?? '' });
}

/** RFC 3261 18.2.2, RFC 3581 4: to where it came from; its port only if that was asked for. */
function answerPlace(via: Via, source: Source): Place {
  return { host: source.host, port: via.rport === undefined ? (via.port ?? 5060) : source.port };
}

function stamped<T extends Refusable>(message: T, source: Source): T {
  const [top = '', ...others] = message.headers.get('via') ?? [];
  const headers = new Map(message.headers);
  headers.set('via', [stampVia(top, message.via, source), ...others]);
  return { ...message, headers };
}
