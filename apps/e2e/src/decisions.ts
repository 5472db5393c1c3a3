import { setTimeout as delay } from 'node:timers/promises';
import type { CallPlan } from '@sfs/rest-contract';

export interface Question {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly origin: 'internal' | 'external';
  readonly trace?: true;
}

export interface DoorAnswer {
  readonly status: number;
  readonly body: CallPlan & { readonly staleness: Readonly<Record<string, number>>; readonly loadedFrom: 'live' | 'snapshot'; readonly error?: { readonly code: string; readonly message: string } };
}

let calls = 0;
/** From a number of ours, or with a + from outside. */
export const question = (from: string, to: string): Question => ({ callId: `story-${process.pid}-${(calls += 1)}@sfs.example`, from, to, origin: from.startsWith('+') ? 'external' : 'internal' });

export async function ask(url: string, body: unknown, method = 'POST'): Promise<DoorAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method, headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(3000), ...(method === 'GET' ? {} : { body: text }) });
  const answer = await response.text();
  return { status: response.status, body: (answer.startsWith('{') ? JSON.parse(answer) : {}) as DoorAnswer['body'] };
}

/** Who is rung by step `index`: the user parts of its URIs. */
export const rung = ({ body }: DoorAnswer, index = 0): string[] => (body.steps?.[index]?.ring ?? []).map((uri) => /^sip:([^@]+)@/.exec(uri)?.[1] ?? uri);

/** Asks again and again until the answer is as wanted; how long it took in ms. */
export async function untilDecided(url: string, from: string, to: string, wanted: (answer: DoorAnswer) => boolean, limitMs = 5000): Promise<number> {
  const began = performance.now();
  for (;;) {
    const answer = await ask(url, question(from, to));
    const waited = performance.now() - began;
    if (answer.status === 200 && wanted(answer)) return waited;
    if (waited > limitMs) throw new Error(`${to} is not decided as wanted after ${limitMs} ms: ${JSON.stringify(answer)}`);
    await delay(3);
  }
}

/** A client that keeps the rules of Genesys SIP Server: one retry on the alternative URL after a time-out or a 5xx, never after 400, 404, 501; a URL whose heartbeat fails is left alone. */
export class SipServerClient {
  readonly #urls: readonly string[];
  readonly #out = new Set<string>();

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  async beat(): Promise<void> {
    for (const url of this.#urls) {
      const status = await ask(url, '', 'GET').then((answer) => answer.status, () => 0);
      if (status === 200) this.#out.delete(url);
      else this.#out.add(url);
    }
  }

  get inService(): number {
    return this.#urls.length - this.#out.size;
  }

  /** The plan, or the SIP status the caller gets. */
  async decide(body: Question): Promise<DoorAnswer | 503> {
    for (const url of this.#urls.filter((each) => !this.#out.has(each)).slice(0, 2)) {
      const answer = await ask(url, body).catch(() => undefined);
      if (answer?.status === 200) return answer;
      if (answer && [400, 404, 501].includes(answer.status)) return 503;
    }
    return 503;
  }
}
