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
      if (takeAnswers(heard).answers.length >= answers) socket.end();
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', () => undefined);
  });
}

/** Whole answers at the beginning, and what is left. */
function takeAnswers(heard: string): { answers: RawAnswer[]; rest: string } {
  const answers: RawAnswer[] = [];
  let at = 0;
  for (;;) {
    const end = heard.indexOf('\r\n\r\n', at);
    if (end < 0) return { answers, rest: heard.slice(at) };
    const length = Number(/^content-length: *(\d+)/im.exec(heard.slice(at, end))?.[1] ?? 0);
    if (heard.length < end + 4 + length) return { answers, rest: heard.slice(at) };
    answers.push(parseAnswer(heard.slice(at, end + 4 + length)));
    at = end + 4 + length;
  }
}

export function parseAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  return { status: Number(text.slice(9, 12)), head: text.slice(0, end).replace(/^date:.*\r\n/im, ''), body: text.slice(end + 4) };
}

export interface RawQuestion {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One kept connection. */
export class KeptConnection {
  private readonly socket: Socket;
  private rest = '';
  private answers: RawAnswer[] = [];
  private wanted = 0;
  private done: ((answers: RawAnswer[]) => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => this.heard(chunk));
  }

  static open(port: number): Promise<KeptConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => resolve(new KeptConnection(socket)));
      socket.once('error', reject);
    });
  }

  async ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
    const [answer] = await this.askAll([{ path, headers }]);
    return answer as RawAnswer;
  }

  /** All at once; resolves with their answers in order. */
  askAll(questions: readonly RawQuestion[]): Promise<RawAnswer[]> {
    return new Promise((resolve) => {
      this.done = resolve;
      this.wanted = questions.length;
      this.answers = [];
      this.socket.write(questions.map(({ path, headers = {} }) => `GET ${path} HTTP/1.1\r\nHost: x\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`).join(''));
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private heard(chunk: string): void {
    const { answers, rest } = takeAnswers(this.rest + chunk);
    this.rest = rest;
    this.answers.push(...answers);
    if (this.answers.length >= this.wanted) this.done?.(this.answers);
  }
}
