import type { Call, CallHost } from './call.ts';
import { Counters } from './counters.ts';
import type { DialogState, OutgoingRequest, SipEndpoint, SipEndpointOptions, SipHandlers } from './endpoint.ts';
import { Incoming, type Core } from './incoming.ts';
import { Outgoing } from './outgoing.ts';
import { STANDARD_TIMING, type Timing } from './sip-js.ts';
import type { Answer } from './client-transaction.ts';
import { Transactions } from './transactions.ts';
import { Trust } from './trust.ts';
import { openTcp } from './transport-tcp.ts';
import { openUdp } from './transport-udp.ts';
import type { Transport, TransportKind, TransportOptions } from './transport.ts';

const BYE_LIMIT_MS = 32_000;
const CLOSING_LIMIT_MS = 2000;

/** UDP and TCP at one port. Rejects when the port is taken or an option makes no sense. */
export async function openSipEndpoint(options: SipEndpointOptions, handlers: SipHandlers, timing: Timing = STANDARD_TIMING): Promise<SipEndpoint> {
  const counters = new Counters();
  const incoming = new Incoming(handlers, counters, options.log);
  const wires: TransportOptions = {
    host: options.host,
    port: options.port,
    trust: new Trust(options.trusted),
    counters,
    onMessage: (bytes, source) => incoming.receive(bytes, source),
  };
  const udp = await openUdp(wires);
  try {
    const tcp = await openTcp(wires);
    const endpoint = new Endpoint(options, { udp, tcp }, counters, timing);
    incoming.core = endpoint;
    return endpoint;
  } catch (error) {
    await udp.close();
    throw error;
  }
}

class Endpoint implements SipEndpoint, Core, CallHost {
  readonly userAgent: string;
  readonly timing: Timing;
  readonly transactions: Transactions;
  readonly sentBy: ReadonlySet<string>;
  readonly byDialog = new Map<string, Call>();
  readonly #options: SipEndpointOptions;
  readonly #transports: Readonly<Record<TransportKind, Transport>>;
  readonly #counters: Counters;
  readonly #outgoing: Outgoing;
  readonly #byes = new Set<Promise<Answer>>();
  #draining = false;
  #closed: Promise<void> | undefined;

  constructor(options: SipEndpointOptions, transports: Readonly<Record<TransportKind, Transport>>, counters: Counters, timing: Timing) {
    const sentBy = `${options.host.includes(':') ? `[${options.host}]` : options.host}:${options.port}`;
    this.#options = options;
    this.#transports = transports;
    this.#counters = counters;
    this.timing = timing;
    this.userAgent = options.userAgent;
    this.sentBy = new Set(options.port === 5060 ? [sentBy, sentBy.slice(0, -':5060'.length)] : [sentBy]);
    this.transactions = new Transactions({ timing, counters });
    const contact = (kind: TransportKind): string => this.#contactBy(kind);
    this.#outgoing = new Outgoing({ sentBy, proxy: options.proxy, userAgent: options.userAgent, transactions: this.transactions, transports, contact });
  }

  get calls(): number {
    return this.byDialog.size;
  }

  get full(): boolean {
    return this.#draining || this.byDialog.size >= this.#options.maxCalls;
  }

  async request(request: OutgoingRequest): Promise<Answer> {
    return await this.#outgoing.request(request);
  }

  async requestInDialog(dialog: DialogState, request: Pick<OutgoingRequest, 'method' | 'headers' | 'body' | 'timeoutMs'>): Promise<Answer> {
    return await this.#outgoing.inDialog(dialog, request);
  }

  counters(): Readonly<Record<string, number>> {
    return { ...this.#counters.all(), open_transactions: this.transactions.size };
  }

  drain(): void {
    this.#draining = true;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.drain();
    for (const call of this.byDialog.values()) call.hangUp();
    await withLimit(Promise.all(this.#byes), CLOSING_LIMIT_MS);
    for (const call of this.byDialog.values()) call.abandon();
    this.transactions.end();
    await Promise.all([this.#transports.udp.close(), this.#transports.tcp.close()]);
  }

  contact(source: { readonly transport: TransportKind }): string {
    return this.#contactBy(source.transport);
  }

  #contactBy(kind: TransportKind): string {
    const [sentBy = ''] = this.sentBy;
    return `Contact: <sip:${sentBy}${kind === 'tcp' ? ';transport=tcp' : ''}>`;
  }

  async ask(dialog: DialogState, method: 'BYE'): Promise<Answer> {
    const bye = this.#bye(dialog, method);
    this.#byes.add(bye);
    const answer = await bye;
    this.#byes.delete(bye);
    return answer;
  }

  async #bye(dialog: DialogState, method: 'BYE'): Promise<Answer> {
    try {
      return await this.#outgoing.inDialog(dialog, { method, headers: [], timeoutMs: BYE_LIMIT_MS });
    } catch (error) {
      this.failed('BYE', error);
      return { status: 408, reason: 'Nowhere to send it' };
    }
  }

  release(call: Call): void {
    this.byDialog.delete(call.key);
  }

  failed(what: string, error: unknown): void {
    this.#counters.add('handler_failed');
    this.#options.log.error({ err: error, what }, 'sip handler failed');
  }
}

async function withLimit(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
