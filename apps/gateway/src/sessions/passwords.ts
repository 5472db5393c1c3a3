import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { DomainError } from '@sfs/kernel';

const derive = promisify(argon2);

export interface PasswordRules {
  /** KiB */
  readonly memory: number;
  readonly passes: number;
  /** more at once would only make everybody wait */
  readonly atOnce: number;
  /** more waiting is a flood */
  readonly waiting: number;
}

/** OWASP's choice for argon2id: 19 MiB, two passes; about 60 ms of one core. */
export const PASSWORD_RULES: PasswordRules = { memory: 19_456, passes: 2, atOnce: 2, waiting: 32 };

const TAG_LENGTH = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{32,128})$/;

/** argon2id with a pepper, as PHC strings. */
export class Passwords {
  readonly #pepper: Buffer;
  readonly #rules: PasswordRules;
  #running = 0;
  readonly #queue: (() => void)[] = [];
  #dummy: Promise<string> | undefined;

  constructor(pepper: string, rules: PasswordRules = PASSWORD_RULES) {
    this.#pepper = Buffer.from(pepper);
    this.#rules = rules;
  }

  async hash(password: string): Promise<string> {
    const nonce = randomBytes(16);
    const { memory, passes } = this.#rules;
    const tag = await this.#derive(password, nonce, { memory, passes, parallelism: 1, tagLength: TAG_LENGTH });
    return `$argon2id$v=19$m=${memory},t=${passes},p=1$${unpadded(nonce)}$${unpadded(tag)}`;
  }

  /** The same work whether or not there is something to compare with: an unknown login takes as long as a wrong password. */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const [, memory, passes, parallelism, nonce = '', expected = ''] = PHC.exec(stored ?? (await this.#nobody())) ?? [];
    const tag = Buffer.from(expected, 'base64');
    const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength: tag.length };
    const same = timingSafeEqual(await this.#derive(password, Buffer.from(nonce, 'base64'), cost), tag);
    return same && stored !== undefined;
  }

  #nobody(): Promise<string> {
    this.#dummy ??= this.hash(randomBytes(32).toString('base64'));
    return this.#dummy;
  }

  async #derive(password: string, nonce: Buffer, cost: { memory: number; passes: number; parallelism: number; tagLength: number }): Promise<Buffer> {
    await this.#enter();
    try {
      // NFKC: the same password typed on another keyboard system gives the same bytes.
      return await derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), nonce, secret: this.#pepper, ...cost });
    } finally {
      this.#running -= 1;
      this.#queue.shift()?.();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running >= this.#rules.atOnce) {
      if (this.#queue.length >= this.#rules.waiting) throw new DomainError('exhausted', 'sessions/busy', 'Too many people sign in at once', { remedy: 'Try again in a moment.', retryAfterSeconds: 2 });
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    }
    this.#running += 1;
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
