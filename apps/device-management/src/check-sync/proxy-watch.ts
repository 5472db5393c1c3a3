import type { SipEndpoint } from '@sfs/sip';
import type { Clock } from '@sfs/service-host';

const EVERY_MS = 15_000;
const ANSWER_WITHIN_MS = 4000;

/** Whether the SIP server answers us at all: one that does not trust us, or that we do not trust, looks as if it were not there. */
export class ProxyWatch {
  readonly #endpoint: Pick<SipEndpoint, 'request'>;
  readonly #proxy: string;
  readonly #clock: Clock;
  #cancel = (): void => undefined;
  #closed = false;
  #answers: boolean | undefined;

  constructor(endpoint: Pick<SipEndpoint, 'request'>, proxy: string, clock: Clock) {
    this.#endpoint = endpoint;
    this.#proxy = proxy;
    this.#clock = clock;
  }

  /** undefined = not known yet */
  get answers(): boolean | undefined {
    return this.#answers;
  }

  start(): void {
    void this.#ask();
  }

  stop(): void {
    this.#closed = true;
    this.#cancel();
  }

  /** Any answer is one: what it says to NOTIFY is seen there. */
  async #ask(): Promise<void> {
    const uri = `sip:${this.#proxy}`;
    const answer = await this.#endpoint.request({ method: 'OPTIONS', uri, from: uri, to: uri, headers: [], timeoutMs: ANSWER_WITHIN_MS }).catch(() => ({ status: 408 }));
    if (this.#closed) return;
    this.#answers = answer.status !== 408;
    this.#cancel = this.#clock.after(EVERY_MS, () => void this.#ask());
  }
}
