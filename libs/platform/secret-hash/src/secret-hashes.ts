import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { DomainError } from '@sfs/kernel';

const derive = promisify(argon2);

export interface HashRules {
  /** KiB */
  readonly memory: number;
  readonly passes: number;
  /** more at once would only make everybody wait, and the calls beside them */
  readonly atOnce: number;
  /** more waiting is a flood */
  readonly waiting: number;
}

/** OWASP's choice for argon2id: 19 MiB, two passes; about 60 ms of one core. */
export const HASH_RULES: HashRules = { memory: 19_456, passes: 2, atOnce: 2, waiting: 64 };

const TAG_LENGTH = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{32,128})$/;

export interface SecretHashesOptions {
  readonly pepper: Buffer;
  readonly rules: HashRules;
  /** what a flood is told: code and message of the DomainError `exhausted` */
  readonly busy: { readonly code: string; readonly message: string };
}

/** argon2id with a pepper, as PHC strings: passwords and PINs. A short secret is none without the pepper: whoever has the database alone has nothing. */
export class SecretHashes {
  readonly #pepper: Buffer;
  readonly #rules: HashRules;
  readonly #busy: SecretHashesOptions['busy'];
  #running = 0;
  readonly #queue: (() => void)[] = [];
  #dummy: Promise<string> | undefined;

  constructor({ pepper, rules, busy }: SecretHashesOptions) {
    this.#pepper = pepper;
    this.#rules = rules;
    this.#busy = busy;
  }

  async hash(secret: string): Promise<string> {
    const nonce = randomBytes(16);
    const { memory, passes } = this.#rules;
    const tag = await this.#derive(secret, nonce, { memory, passes, parallelism: 1, tagLength: TAG_LENGTH });
    return `$argon2id$v=19$m=${memory},t=${passes},p=1$${unpadded(nonce)}$${unpadded(tag)}`;
  }

  /** The same work whether or not there is something to compare with: an unknown login or mailbox takes as long as a wrong secret. */
  async verify(secret: string, stored: string | undefined): Promise<boolean> {
    const [, memory, passes, parallelism, nonce = '', expected = ''] = PHC.exec(stored ?? (await this.#nobody())) ?? [];
    const tag = Buffer.from(expected, 'base64');
    const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength: tag.length };
    const same = timingSafeEqual(await this.#derive(secret, Buffer.from(nonce, 'base64'), cost), tag);
    return same && stored !== undefined;
  }

  /** So that the first unknown one does not take twice as long. */
  async warmUp(): Promise<void> {
    await this.#nobody();
  }

  #nobody(): Promise<string> {
    this.#dummy ??= this.hash(randomBytes(32).toString('base64'));
    return this.#dummy;
  }

  async #derive(secret: string, nonce: Buffer, cost: { memory: number; passes: number; parallelism: number; tagLength: number }): Promise<Buffer> {
    await this.#enter();
    try {
      // NFKC: the same password typed on another keyboard system gives the same bytes
      return await derive('argon2id', { message: Buffer.from(secret.normalize('NFKC')), nonce, secret: this.#pepper, ...cost });
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#rules.atOnce) {
      this.#running += 1;
      return;
    }
    if (this.#queue.length >= this.#rules.waiting) throw new DomainError('exhausted', this.#busy.code, this.#busy.message, { remedy: 'Try again in a moment.', retryAfterSeconds: 2 });
    await new Promise<void>((resolve) => this.#queue.push(resolve));
  }

  /** The place goes to the next one; nobody who comes meanwhile can take it. */
  #leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#running -= 1;
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
