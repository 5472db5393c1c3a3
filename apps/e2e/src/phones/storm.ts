import { setTimeout as delay } from 'node:timers/promises';
import { Wire, type WireAnswer } from './wire.ts';

/** A phone that knows its credential, and what its file must hold. */
export interface Booting {
  readonly mac: string;
  readonly authorization: string;
  readonly path: string;
  /** only in its own file */
  readonly secret: string;
  /** of the file it has; asks for a newer one only */
  readonly etag?: string;
}

export interface StormResult {
  /** how often each status came; 0: the connection broke */
  readonly statuses: ReadonlyMap<number, number>;
  /** phones that got what is not theirs */
  readonly wrong: readonly string[];
  /** ms until each had its file, in the order in which they had it */
  readonly served: readonly number[];
}

/** All at once, each on a connection of its own; who is told to come later does, within the time it is told. */
export async function bootAll(phones: readonly Booting[], { host, port, limitMs }: { host: string; port: number; limitMs: number }): Promise<StormResult> {
  const statuses = new Map<number, number>();
  const wrong: string[] = [];
  const served: number[] = [];
  const began = performance.now();
  const bootOne = async (phone: Booting): Promise<void> => {
    while (performance.now() - began < limitMs) {
      const answer = await askOnce(phone, host, port);
      const status = answer?.status ?? 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (answer && (status === 200 || status === 304)) {
        if (status === 200 && !answer.body.includes(phone.secret)) wrong.push(phone.mac);
        served.push(performance.now() - began);
        return;
      }
      await delay(answer ? 1000 * Number(/^retry-after: *(\d+)/im.exec(answer.head)?.[1] ?? 1) : 200 + Math.random() * 800);
    }
  };
  await Promise.all(phones.map(bootOne));
  return { statuses, wrong, served };
}

async function askOnce({ path, authorization, etag }: Booting, host: string, port: number): Promise<WireAnswer | undefined> {
  try {
    const wire = await Wire.open({ host, port });
    try {
      return await wire.ask(path, { Authorization: authorization, Connection: 'close', ...(etag === undefined ? {} : { 'If-None-Match': etag }) });
    } finally {
      wire.close();
    }
  } catch {
    return undefined;
  }
}
