import { createHash } from 'node:crypto';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** One request of a phone and its answer. */
export interface Exchange {
  readonly method: 'GET' | 'HEAD';
  /** without scheme and host */
  readonly path: string;
  /** carried an Authorization header */
  readonly authorized: boolean;
  /** 0: the connection ended before the whole answer was here */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Credential {
  readonly userName: string;
  readonly password: string;
}

export interface FetcherOptions {
  readonly userAgent: string;
  /** a connection for many files; default: one for each, as many firmwares do */
  readonly keepAlive?: boolean;
  /** own address; default: the system chooses */
  readonly localAddress?: string;
  /** what a proxy in front would add */
  readonly headers?: Readonly<Record<string, string>>;
  readonly limitMs?: number;
}

export interface FetchOrder {
  readonly method?: 'GET' | 'HEAD';
  readonly credential?: Credential | undefined;
}

/** What a phone remembers of a file it has. */
interface Remembered {
  readonly etag: string;
  readonly md5: string;
  readonly body: Buffer;
}

export const md5Of = (body: Uint8Array): string => createHash('md5').update(body).digest('hex');

/** The HTTP client inside a phone: own User-Agent, If-None-Match for what it has, a credential only after it was challenged. */
export class FileFetcher {
  readonly exchanges: Exchange[] = [];
  readonly #options: FetcherOptions;
  readonly #agent: Agent;
  readonly #files = new Map<string, Remembered>();
  #challenged = false;

  constructor(options: FetcherOptions) {
    this.#options = options;
    this.#agent = new Agent({ keepAlive: options.keepAlive ?? false, maxSockets: 1 });
  }

  /** Answers the challenge once; a 304 comes back with the body that is remembered. */
  async fetch(url: string, { method = 'GET', credential }: FetchOrder = {}): Promise<Exchange> {
    const first = await this.#ask(url, method, this.#challenged ? credential : undefined);
    if (first.status !== 401 || credential === undefined || first.authorized) return this.#remembering(url, first);
    this.#challenged = true;
    return this.#remembering(url, await this.#ask(url, method, credential));
  }

  /** The file is another one than the one before; asks nothing. */
  isNew(url: string, body: Uint8Array): boolean {
    return this.#files.get(url)?.md5 !== md5Of(body);
  }

  keep(url: string, { headers, body }: Exchange): void {
    // a 304 may leave the tag out
    this.#files.set(url, { etag: headers.etag ?? this.#files.get(url)?.etag ?? '', md5: md5Of(body), body });
  }

  forget(): void {
    this.#files.clear();
    this.#challenged = false;
  }

  close(): void {
    this.#agent.destroy();
  }

  #remembering(url: string, exchange: Exchange): Exchange {
    const known = this.#files.get(url);
    return exchange.status === 304 && known ? { ...exchange, body: known.body } : exchange;
  }

  #ask(url: string, method: 'GET' | 'HEAD', credential: Credential | undefined): Promise<Exchange> {
    const { pathname, search } = new URL(url);
    const etag = this.#files.get(url)?.etag ?? '';
    const headers = {
      'User-Agent': this.#options.userAgent,
      Accept: '*/*',
      ...(credential && { Authorization: `Basic ${Buffer.from(`${credential.userName}:${credential.password}`).toString('base64')}` }),
      ...(etag !== '' && { 'If-None-Match': etag }),
      ...this.#options.headers,
    };
    return new Promise((resolve) => {
      const settle = (answer: Pick<Exchange, 'status' | 'headers' | 'body'>): void => {
        const exchange = { method, path: pathname + search, authorized: credential !== undefined, ...answer };
        this.exchanges.push(exchange);
        resolve(exchange);
      };
      const broken = (): void => settle({ status: 0, headers: {}, body: Buffer.alloc(0) });
      const { localAddress, limitMs = 10_000 } = this.#options;
      const asked = request(url, { method, headers, agent: this.#agent, ...(localAddress !== undefined && { localAddress }), signal: AbortSignal.timeout(limitMs) }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', broken);
        response.on('end', () => settle({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
      });
      asked.on('error', broken);
      asked.end();
    });
  }
}
