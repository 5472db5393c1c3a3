import { AUDIOCODES } from './audiocodes.ts';
import { FileFetcher, type Exchange } from './file-fetcher.ts';
import type { LineAccount, PhoneKind } from './phone-kind.ts';
import { YEALINK } from './yealink.ts';

export interface PhoneClientOptions {
  /** any notation */
  readonly mac: string;
  /** what DHCP (or an installer, with `dhcp: false`) gives the factory-new phone */
  readonly url: string;
  readonly model?: string;
  readonly firmware?: string;
  /** a forged one; default: what such a phone sends */
  readonly userAgent?: string;
  /** the url comes from DHCP and beats the stored one until a file turns DHCP off; default true */
  readonly dhcp?: boolean;
  readonly keepAlive?: boolean;
  readonly localAddress?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly limitMs?: number;
}

/** A phone that is told to look elsewhere does so after a restart; this many in a row are a loop. */
const MAX_RESTARTS = 4;

/**
 * A phone as its provisioning server sees it: the vendor's files in the vendor's order. Parses what it gets by itself. It remembers what it
 * fetched, follows the URL and the credential it was given and takes nothing over when a file could not be had.
 */
export class PhoneClient {
  readonly #kind: PhoneKind;
  readonly #options: PhoneClientOptions;
  readonly #fetcher: FileFetcher;
  readonly #mac: string;
  readonly #model: string;
  #settings = new Map<string, string>();
  #own: Buffer | undefined;
  #url: string;

  private constructor(kind: PhoneKind, options: PhoneClientOptions) {
    this.#kind = kind;
    this.#options = options;
    this.#mac = options.mac.replace(/[^0-9A-Fa-f]/g, '').toLowerCase();
    this.#model = options.model ?? kind.model;
    this.#url = options.url;
    const { keepAlive, localAddress, headers, limitMs } = options;
    this.#fetcher = new FileFetcher({
      userAgent: options.userAgent ?? kind.userAgent({ mac: this.#mac, model: this.#model, firmware: options.firmware ?? kind.firmware }),
      ...(keepAlive !== undefined && { keepAlive }),
      ...(localAddress !== undefined && { localAddress }),
      ...(headers !== undefined && { headers }),
      ...(limitMs !== undefined && { limitMs }),
    });
  }

  /** SIP-T46U unless told otherwise; V81 and newer: boot files first. */
  static yealink(options: PhoneClientOptions): PhoneClient {
    return new PhoneClient(YEALINK, options);
  }

  /** 440HD of the 4xxHD series unless told otherwise. */
  static audioCodes(options: PhoneClientOptions): PhoneClient {
    return new PhoneClient(AUDIOCODES, options);
  }

  /** everything asked, oldest first */
  get exchanges(): readonly Exchange[] {
    return this.#fetcher.exchanges;
  }

  /** `GET PATH -> STATUS` of everything asked, oldest first */
  get asked(): readonly string[] {
    return this.exchanges.map(({ method, path, status }) => `${method} ${path} -> ${status}`);
  }

  /** in force now, by the vendor's names */
  get settings(): ReadonlyMap<string, string> {
    return this.#settings;
  }

  /** the own file as it was fetched last; undefined: none yet */
  get ownFile(): Buffer | undefined {
    return this.#own;
  }

  /** line 1; undefined without a user name */
  get account(): LineAccount | undefined {
    return this.#kind.account(this.#settings);
  }

  /** the provisioning credential it was given */
  get credential(): { readonly userName: string; readonly password: string } | undefined {
    return this.#kind.provisioning(this.#settings).credential;
  }

  /** Power on: fetches until it is told to look nowhere else. Resolves with what was asked meanwhile. */
  async boot(): Promise<readonly Exchange[]> {
    const before = this.exchanges.length;
    for (let restart = 0; restart < MAX_RESTARTS; restart += 1) {
      const at = this.#url;
      await this.#look();
      if (this.#url === at) return this.exchanges.slice(before);
    }
    throw new Error(`the phone restarts for ever: ${this.asked.slice(before).join(', ')}`);
  }

  /** What a poll and a check-sync do. Resolves with what was asked meanwhile. */
  check(): Promise<readonly Exchange[]> {
    return this.boot();
  }

  /** Factory reset: forgets settings, credential and files; what was asked stays listed. */
  reset(): void {
    this.#settings = new Map();
    this.#own = undefined;
    this.#url = this.#options.url;
    this.#fetcher.forget();
  }

  close(): void {
    this.#fetcher.close();
  }

  /** One pass over the files. What they say comes into force at its end, together, or not at all. */
  async #look(): Promise<void> {
    const taken: { file: string; exchange: Exchange }[] = [];
    const complete = await this.#kind.look({
      mac: this.#mac,
      model: this.#model,
      fetch: (file, order) => this.#fetcher.fetch(this.#place(file), { ...order, credential: this.credential }),
      take: (file, exchange) => taken.push({ file, exchange }),
    });
    if (!complete || !taken.some(({ file, exchange }) => this.#fetcher.isNew(this.#place(file), exchange.body))) return;
    for (const { file, exchange } of taken) {
      this.#fetcher.keep(this.#place(file), exchange);
      if (this.#kind.isOwn(file, this.#mac)) this.#own = exchange.body;
      for (const [name, value] of this.#kind.parse(exchange.body.toString('utf8'))) this.#settings.set(name, value);
    }
    this.#follow();
  }

  #follow(): void {
    const { url, dhcp } = this.#kind.provisioning(this.#settings);
    if (url === undefined || url === '') return;
    if ((this.#options.dhcp ?? true) && dhcp) return;
    this.#url = url;
  }

  /** A file name below the URL; an absolute URL stays; a URL that names a file is that file. */
  #place(file: string): string {
    if (/^https?:\/\//.test(file)) return file;
    if (this.#kind.namesFile(this.#url)) return this.#kind.isOwn(file, this.#mac) ? this.#url : new URL(file, this.#url).href;
    return `${this.#url.replace(/\/+$/, '')}/${file}`;
  }
}
