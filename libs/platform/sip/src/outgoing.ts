import { DomainError } from '@sfs/kernel';
import { parseHostPort, parseUri } from './address.ts';
import { tagged, targetOf, type Target } from './dialog.ts';
import type { DialogState, OutgoingRequest } from './endpoint.ts';
import { formatRequest, newBranch, newToken } from './format.ts';
import type { Answer } from './client-transaction.ts';
import type { Transactions } from './transactions.ts';
import type { Place, Transport, TransportKind } from './transport.ts';

export interface OutgoingOptions {
  /** our own `HOST:PORT` */
  readonly sentBy: string;
  readonly proxy: string;
  readonly userAgent: string;
  readonly transactions: Transactions;
  readonly transports: Readonly<Record<TransportKind, Transport>>;
  contact(transport: TransportKind): string;
}

type InDialog = Pick<OutgoingRequest, 'headers' | 'body' | 'timeoutMs'> & { readonly method: string };

/** Our own requests, outside and inside dialogs. */
export class Outgoing {
  readonly #options: OutgoingOptions;
  readonly #proxy: Place;

  constructor(options: OutgoingOptions) {
    const proxy = parseHostPort(options.proxy);
    if (!proxy) throw new DomainError('invalid', 'sip/bad-proxy', `not HOST:PORT: ${options.proxy}`);
    this.#options = options;
    this.#proxy = { host: proxy.host.replace(/^\[|\]$/g, ''), port: proxy.port ?? 5060 };
  }

  request(request: OutgoingRequest): Promise<Answer> {
    if (!parseUri(request.uri)) throw new DomainError('invalid', 'sip/bad-uri', `not a SIP URI: ${request.uri}`);
    const target: Target = { uri: request.uri, routes: [], place: this.#proxy, transport: 'udp' };
    return this.#ask(target, request, { from: `${named(request.from)};tag=${newToken()}`, to: named(request.to), callId: newToken(), cseq: 1 });
  }

  inDialog(dialog: DialogState, request: InDialog): Promise<Answer> {
    const target = targetOf(dialog);
    if (!target) throw new DomainError('invalid', 'sip/bad-dialog', `leads nowhere: ${dialog.routes[0] ?? dialog.remoteTarget}`);
    const from = tagged(dialog.localUri, dialog.localTag);
    const to = tagged(dialog.remoteUri, dialog.remoteTag);
    return this.#ask(target, request, { from, to, callId: dialog.callId, cseq: dialog.localSeq });
  }

  #ask(target: Target, request: InDialog, dialog: { from: string; to: string; callId: string; cseq: number }): Promise<Answer> {
    const { sentBy, userAgent, transports, transactions } = this.#options;
    const { method, body, timeoutMs } = request;
    const { uri, routes } = target;
    const branch = newBranch();
    const transport = transports[target.transport];
    const protocol = transport.kind.toUpperCase();
    const headers = [this.#options.contact(transport.kind), ...request.headers];
    const text = formatRequest({ method, uri, routes, via: `SIP/2.0/${protocol} ${sentBy};branch=${branch};rport`, ...dialog, userAgent, headers, body });
    return transactions.ask({ method, branch, text, protocol, timeoutMs, reliable: transport.kind === 'tcp', send: (each) => transport.send(each, target.place) });
  }
}

function named(address: string): string {
  return address.includes('<') ? address : `<${address}>`;
}
