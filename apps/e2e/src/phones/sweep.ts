import { randomBytes } from 'node:crypto';
import { Wire, type WireAnswer } from './wire.ts';

/** As such a phone names itself: a sweep that did not would be too easy to tell. */
export const userAgentOf = (mac: string): Readonly<Record<string, string>> => ({ 'User-Agent': `Yealink SIP-T46U 108.86.0.90 ${mac.replace(/(..)(?=.)/g, '$1:')}` });

/** An address on loopback that nobody has used for long: addresses are remembered for minutes. */
export function freshAddresses(count: number): string[] {
  const [first = 0] = randomBytes(1);
  return Array.from({ length: count }, (_, index) => `127.${100 + (first % 150)}.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`);
}

export const sequentialMacs = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => prefix + index.toString(16).padStart(12 - prefix.length, '0'));
export const randomMacs = (oui: string, count: number): string[] => Array.from({ length: count }, () => oui + randomBytes(3).toString('hex'));

export interface Sweep {
  readonly host: string;
  readonly port: number;
  /** what is asked for one MAC */
  readonly pathOf: (mac: string) => string;
}

/** One attacker: an address of its own, so many connections at once, each kept alive. `seen` gets every answer. */
export async function sweepFrom(localAddress: string, macs: readonly string[], { host, port, pathOf }: Sweep, seen: (mac: string, answer: WireAnswer) => void, connections = 1): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    const wire = await Wire.open({ host, port, localAddress });
    for (let mac = macs[next]; mac !== undefined; mac = macs[next]) {
      next += 1;
      seen(mac, await wire.ask(pathOf(mac), userAgentOf(mac)));
    }
    wire.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
}

/** Different answers and how often each came. */
export class Answers {
  readonly #kinds = new Map<string, { count: number; readonly answer: WireAnswer }>();

  add(answer: WireAnswer): void {
    const kind = `${answer.status}\n${answer.head}\n${answer.body}`;
    const known = this.#kinds.get(kind);
    if (known) known.count += 1;
    else this.#kinds.set(kind, { count: 1, answer });
  }

  get kinds(): readonly { readonly count: number; readonly answer: WireAnswer }[] {
    return [...this.#kinds.values()];
  }

  ofStatus(status: number): number {
    return this.kinds.filter(({ answer }) => answer.status === status).reduce((sum, { count }) => sum + count, 0);
  }
}
