import { ClientTransaction, type Answer, type ClientPart } from './client-transaction.ts';
import type { Request, Response } from './message.ts';
import { ServerTransaction, type ServerPart, type TransactionsOptions } from './server-transaction.ts';

/** Every request that is under way or lately was, by what identifies it (RFC 3261 17.1.3, 17.2.3). */
export class Transactions {
  readonly #options: TransactionsOptions;
  readonly #servers = new Map<string, ServerTransaction>();
  /** open requests by Call-ID, From tag and CSeq, to see one that comes by two ways (8.2.2.2) */
  readonly #merged = new Map<string, ServerTransaction>();
  readonly #clients = new Map<string, ClientTransaction>();

  constructor(options: TransactionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#servers.size + this.#clients.size;
  }

  find(request: Request, method = request.method): ServerTransaction | undefined {
    return this.#servers.get(serverKey(request, method));
  }

  /** Asked for one that is not `find`able. Once refused, a proxy may well try the same call here again. */
  isMerged(request: Request): boolean {
    const other = this.#merged.get(mergeKey(request));
    return !request.to.params.has('tag') && other !== undefined && !other.refused;
  }

  open(part: ServerPart): ServerTransaction {
    const { request } = part;
    const key = serverKey(request, request.method);
    const merge = mergeKey(request);
    const transaction = new ServerTransaction(part, this.#options, () => {
      this.#servers.delete(key);
      if (this.#merged.get(merge) === transaction) this.#merged.delete(merge);
    });
    this.#servers.set(key, transaction);
    if (!request.to.params.has('tag')) this.#merged.set(merge, transaction);
    return transaction;
  }

  /** Sends until there is a final answer; 408 when there is none in time. */
  ask(part: ClientPart): Promise<Answer> {
    return new Promise((resolve) => {
      const key = clientKey(part.branch, part.method);
      this.#clients.set(key, new ClientTransaction(part, this.#options, resolve, () => this.#clients.delete(key)));
    });
  }

  /** False when it answers nothing of ours. */
  receive(response: Response): boolean {
    const client = this.#clients.get(clientKey(response.via.branch, response.method));
    client?.receive(response);
    return client !== undefined;
  }

  end(): void {
    for (const server of this.#servers.values()) server.end();
    for (const client of this.#clients.values()) client.end();
    this.#servers.clear();
    this.#merged.clear();
    this.#clients.clear();
  }
}

function serverKey(request: Request, method: string): string {
  const { branch, sentBy } = request.via;
  const kind = method === 'ACK' ? 'INVITE' : method;
  // a sender from before RFC 3261 says what it means by everything else
  return branch.startsWith('z9hG4bK') ? `${branch} ${sentBy} ${kind}` : `${request.callId} ${request.from.params.get('tag') ?? ''} ${request.cseq} ${sentBy} ${kind}`;
}

function clientKey(branch: string, method: string): string {
  return `${branch} ${method}`;
}

function mergeKey(request: Request): string {
  return `${request.callId} ${request.from.params.get('tag') ?? ''} ${request.cseq} ${request.method}`;
}
