import { connect, type Socket } from 'node:net';

/** One kept connection that asks again as soon as it is answered. Reads no more of an answer than its length: the load must cost less than the server. */
class Connection {
  private readonly socket: Socket;
  private readonly next: () => Buffer | undefined;
  private readonly done: () => void;
  private pending = 0;

  constructor(port: number, next: () => Buffer | undefined, done: () => void) {
    this.next = next;
    this.done = done;
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => this.ask());
    this.socket.on('data', (chunk) => this.heard(chunk));
    this.socket.on('error', (error) => {
      throw error;
    });
  }

  private ask(): void {
    const request = this.next();
    if (request) {
      this.socket.write(request);
      return;
    }
    this.socket.end();
    this.done();
  }

  /** Answers come one at a time, because nothing is asked ahead. */
  private heard(chunk: Buffer): void {
    if (this.pending > 0) {
      this.pending -= chunk.length;
    } else {
      if (chunk.toString('latin1', 9, 12) !== '200') throw new Error(`answered ${chunk.toString()}`);
      const head = chunk.indexOf('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(chunk.toString('latin1', 0, head))?.[1];
      this.pending = head + 4 + Number(length) - chunk.length;
    }
    if (this.pending <= 0) {
      this.pending = 0;
      this.ask();
    }
  }
}

/** Asks `count` times over `connections` kept connections; resolves when all are answered. */
export function load(port: number, requests: readonly Buffer[], { count, connections }: { count: number; connections: number }): Promise<void> {
  let asked = 0;
  let open = connections;
  const next = (): Buffer | undefined => (asked < count ? requests[asked++ % requests.length] : undefined);
  return new Promise((resolve) => {
    const done = (): void => {
      open--;
      if (open === 0) resolve();
    };
    for (let i = 0; i < connections; i++) new Connection(port, next, done);
  });
}
