import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** without Date */
  readonly head: string;
  readonly body: string;
}

/** For specs: bytes as they are on one socket. Resolves with all that came when the door has answered so often, or closed it. */
export function raw(port: number, parts: readonly (string | Buffer)[], answers = 1): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      for (const part of parts) socket.write(part);
    });
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      heard += chunk;
      if (countAnswers(heard) >= answers) socket.end();
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', () => undefined);
  });
}

/** Whole answers: heads whose bodies are there. */
function countAnswers(heard: string): number {
  let count = 0;
  let rest = heard;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return count;
    const length = Number(/^content-length: *(\d+)/im.exec(rest.slice(0, end))?.[1] ?? 0);
    if (rest.length < end + 4 + length) return count;
    rest = rest.slice(end + 4 + length);
    count += 1;
  }
}

export function parseAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  return { status: Number(text.slice(9, 12)), head: text.slice(0, end).replace(/^date:.*\r\n/im, ''), body: text.slice(end + 4) };
}

/** One kept connection that asks one thing at a time. */
export class KeptConnection {
  private readonly socket: Socket;
  private heard = '';
  private done: ((answer: RawAnswer) => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      this.heard += chunk;
      if (countAnswers(this.heard) === 0) return;
      const answer = parseAnswer(this.heard);
      this.heard = '';
      this.done?.(answer);
    });
  }

  static open(port: number, localAddress = '127.0.0.1'): Promise<KeptConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress }, () => resolve(new KeptConnection(socket)));
      socket.once('error', reject);
    });
  }

  ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
    return new Promise((resolve) => {
      this.done = resolve;
      this.socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
