import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { Arrivals } from '@sfs/testing';

export interface Question {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly origin: string;
  readonly diversions?: readonly string[];
  readonly tx?: string;
}
export interface GivenAnswer {
  readonly code: number;
  readonly plan?: unknown;
  readonly afterMs?: number;
}
export type Answer = GivenAnswer | 'never';
export type Decide = (question: Question) => Answer;

/** A dial-plan replica whose plans the test writes. */
export interface ScriptedReplica {
  readonly questions: Arrivals<Question>;
  readonly events: Arrivals<Record<string, unknown>>;
  decide: Decide;
  /** as the adapter's or the heartbeat's: says whether it could decide */
  healthy: boolean;
  sayBye(): void;
  close(): Promise<void>;
}

export function aPlan(steps: readonly object[], more: object = {}): GivenAnswer {
  return { code: 200, plan: { version: 1, revision: 'p1-d1', emergency: false, steps, ...more } };
}

export function frame(message: unknown): string {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return `${Buffer.byteLength(text)}:${text},`;
}

/** Dials in to evapi, greets, beats, answers; redials as the real one does. */
export function adapterReplica(options: { name: string; port: number; token: string; decide: Decide }): ScriptedReplica {
  let socket: Socket | undefined;
  let closed = false;
  let redial: NodeJS.Timeout | undefined;
  const replica: ScriptedReplica = {
    questions: new Arrivals((each) => each.to),
    events: new Arrivals((each) => JSON.stringify(each)),
    decide: options.decide,
    healthy: true,
    sayBye: () => void socket?.write(frame({ t: 'bye' })),
    close: async () => {
      closed = true;
      clearTimeout(redial);
      if (!socket || socket.destroyed) return;
      socket.destroy();
      await once(socket, 'close');
    },
  };
  const receive = (text: string, reply: (frameText: string) => void): void => {
    const message = JSON.parse(text) as Question & { t: string };
    if (message.t !== 'ask') return replica.events.push({ ...message });
    replica.questions.push(message);
    const answer = replica.decide(message);
    if (answer === 'never') return;
    const send = (): void => reply(frame({ t: 'plan', tx: message.tx, code: answer.code, plan: answer.plan }));
    if (answer.afterMs === undefined) send();
    else setTimeout(send, answer.afterMs);
  };
  const dial = (): void => {
    const current = connect({ host: '127.0.0.1', port: options.port, noDelay: true });
    socket = current;
    let beat: NodeJS.Timeout | undefined;
    let rest = Buffer.alloc(0);
    current.on('connect', () => {
      current.write(frame({ t: 'hello', name: options.name, token: options.token }));
      beat = setInterval(() => replica.healthy && current.write(frame({ t: 'beat' })), 200);
    });
    current.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let taken = takeFrame(rest); taken; taken = takeFrame(rest)) {
        rest = rest.subarray(taken.length);
        receive(taken.text, (text) => current.write(text));
      }
    });
    current.on('error', () => undefined);
    current.on('close', () => {
      clearInterval(beat);
      if (!closed) redial = setTimeout(dial, 250);
    });
  };
  dial();
  return replica;
}

function takeFrame(bytes: Buffer): { text: string; length: number } | undefined {
  const colon = bytes.indexOf(':');
  if (colon < 0) return undefined;
  const end = colon + 1 + Number(bytes.toString('latin1', 0, colon));
  return bytes.length <= end ? undefined : { text: bytes.toString('utf8', colon + 1, end), length: end + 1 };
}

/** The HTTP door: POST decides, GET is the heartbeat. */
export async function httpReplica(options: { port: number; path: string; decide: Decide }): Promise<ScriptedReplica> {
  const replica: ScriptedReplica = {
    questions: new Arrivals((each) => each.to),
    events: new Arrivals((each) => JSON.stringify(each)),
    decide: options.decide,
    healthy: true,
    sayBye: () => undefined,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server: Server = createServer((request, response) => {
    if (request.url !== options.path) return end(response, 404);
    if (request.method === 'GET') {
      replica.events.push({ beat: true });
      return end(response, replica.healthy ? 200 : 503);
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const question = JSON.parse(body) as Question;
      replica.questions.push(question);
      const answer = replica.decide(question);
      if (answer === 'never') return;
      setTimeout(() => end(response, answer.code, answer.plan ?? { error: { code: 'scripted', message: 'scripted' } }), answer.afterMs ?? 0);
    });
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return replica;
}

function end(response: ServerResponse, code: number, body: unknown = {}): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
