import { connect } from 'node:net';
import { serveBench } from './bench-process.ts';

export interface LoadOrder {
  readonly port: number;
  readonly requests: readonly string[];
  readonly count: number;
  readonly connections: number;
  /** false: one connection for each request */
  readonly keepAlive: boolean;
  readonly status: number;
}

/** Bytes of an answer from its head; undefined = the head is not there yet. */
function lengthOf(heard: Buffer, status: number): number | undefined {
  const end = heard.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = heard.toString('latin1', 0, end);
  if (head.slice(9, 12) !== String(status)) throw new Error(`answered ${head}`);
  return end + 4 + (status === 304 ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1]));
}

/** Asks one thing after the other; whoever has no kept connection opens the next one when the server has closed this one. */
function ask({ port, status, keepAlive }: LoadOrder, next: () => Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = (): void => {
      const request = next();
      if (request === undefined) return resolve();
      let heard = Buffer.alloc(0);
      const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request));
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        heard = heard.length === 0 ? chunk : Buffer.concat([heard, chunk]);
        const length = lengthOf(heard, status);
        if (length === undefined || heard.length < length || !keepAlive) return;
        heard = Buffer.alloc(0);
        const following = next();
        if (following) socket.write(following);
        else {
          socket.destroy();
          resolve();
        }
      });
      socket.on('end', () => {
        if (keepAlive) return reject(new Error('the server closed a kept connection'));
        if (heard.length !== lengthOf(heard, status)) return reject(new Error('the answer is torn'));
        socket.destroy();
        open();
      });
    };
    open();
  });
}

serveBench({}, async (message) => {
  const order = message as LoadOrder;
  const requests = order.requests.map((text) => Buffer.from(text));
  let asked = 0;
  const next = (): Buffer | undefined => (asked < order.count ? requests[asked++ % requests.length] : undefined);
  await Promise.all(Array.from({ length: order.connections }, () => ask(order, next)));
  return {};
});
