import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Framing } from './framing.ts';
import type { Place, Transport, TransportOptions } from './transport.ts';

const IDLE_MS = 10 * 60_000;
const MAX_CONNECTIONS = 1000;
const MAX_PER_SOURCE = 50;
const MAX_UNSENT = 1024 * 1024;

/** Connections of others and our own, found again by the other end's address. */
export async function openTcp(options: TransportOptions): Promise<Transport> {
  const connections = new Connections(options);
  const server = createServer({ noDelay: true }, (socket) => connections.accept(socket));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  server.on('error', () => options.counters.add('connections_refused'));
  return {
    kind: 'tcp',
    send: (text, to) => connections.send(text, to),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      connections.end();
      await closed;
    },
  };
}

class Connections {
  readonly #options: TransportOptions;
  readonly #open = new Set<Socket>();
  readonly #byPlace = new Map<string, Socket>();
  readonly #bySource = new Map<string, number>();
  #ended = false;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  accept(socket: Socket): void {
    const host = socket.remoteAddress ?? '';
    const { counters, trust } = this.#options;
    const refusal = !trust.allowsConnection(host) ? 'dropped_untrusted' : this.#full(host) ? 'connections_refused' : undefined;
    if (refusal !== undefined) {
      counters.add(refusal);
      socket.on('error', () => undefined);
      socket.destroy();
      return;
    }
    this.#keep(socket, { host, port: socket.remotePort ?? 0 });
  }

  send(text: string, to: Place): void {
    if (this.#ended) return;
    const known = this.#byPlace.get(key(to));
    const socket = known ?? connect({ host: to.host, port: to.port, noDelay: true });
    if (!known) this.#keep(socket, to);
    this.#write(socket, text);
  }

  end(): void {
    this.#ended = true;
    for (const socket of this.#open) socket.destroy();
  }

  #full(host: string): boolean {
    return this.#open.size >= MAX_CONNECTIONS || (this.#bySource.get(host) ?? 0) >= MAX_PER_SOURCE;
  }

  #keep(socket: Socket, place: Place): void {
    const framing = new Framing();
    const name = key(place);
    this.#open.add(socket);
    this.#byPlace.set(name, socket);
    this.#bySource.set(place.host, (this.#bySource.get(place.host) ?? 0) + 1);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('error', () => this.#options.counters.add('send_failed'));
    socket.on('close', () => {
      this.#open.delete(socket);
      if (this.#byPlace.get(name) === socket) this.#byPlace.delete(name);
      const left = (this.#bySource.get(place.host) ?? 1) - 1;
      if (left > 0) this.#bySource.set(place.host, left);
      else this.#bySource.delete(place.host);
    });
    socket.on('data', (bytes) => this.#read(socket, framing, bytes, place));
  }

  #read(socket: Socket, framing: Framing, bytes: Buffer, place: Place): void {
    const messages = framing.take(bytes);
    const source = { ...place, transport: 'tcp' as const, reply: (text: string) => this.#write(socket, text) };
    if (messages !== 'broken') for (const message of messages) this.#options.onMessage(message, source);
    if (!framing.broken) return;
    this.#options.counters.add('broken_framing');
    socket.destroySoon();
  }

  #write(socket: Socket, text: string): void {
    const { counters } = this.#options;
    if (socket.destroyed || socket.writableLength > MAX_UNSENT) {
      counters.add('send_failed');
      socket.destroy();
      return;
    }
    counters.add('sent');
    socket.write(text, 'latin1');
  }
}

function key({ host, port }: Place): string {
  return `${host}:${port}`;
}
