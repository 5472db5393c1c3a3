import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { once } from 'node:events';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Where a phone's messages go out and come in. Over TCP it is the one connection to the proxy. */
export interface SipSocket {
  readonly transport: 'udp' | 'tcp';
  readonly local: Endpoint;
  send(bytes: string | Uint8Array, to: Endpoint): void;
  close(): Promise<void>;
}

export interface SocketOptions {
  readonly transport: 'udp' | 'tcp';
  /** port 0: any free one */
  readonly local: Endpoint;
  readonly proxy: Endpoint;
  readonly onMessage: (text: string, from: Endpoint) => void;
}

export function openSocket(options: SocketOptions): Promise<SipSocket> {
  return options.transport === 'udp' ? openUdp(options) : openTcp(options);
}

async function openUdp({ local, onMessage }: SocketOptions): Promise<SipSocket> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => onMessage(bytes.toString('utf8'), { host: from.address, port: from.port }));
  socket.on('error', () => undefined);
  socket.bind(local.port, local.host);
  await once(socket, 'listening');
  const closed = once(socket, 'close');
  let open = true;
  return {
    transport: 'udp',
    local: { host: local.host, port: socket.address().port },
    send: (bytes, to) => socket.send(bytes, to.port, to.host),
    close: async () => {
      if (open) socket.close();
      open = false;
      await closed;
    },
  };
}

async function openTcp({ local, proxy, onMessage }: SocketOptions): Promise<SipSocket> {
  const socket = connect({ host: proxy.host, port: proxy.port, localAddress: local.host, localPort: local.port, noDelay: true });
  let rest = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let message = takeMessage(rest); message; message = takeMessage(rest)) {
      rest = rest.subarray(message.length);
      onMessage(message.toString('utf8'), proxy);
    }
  });
  await once(socket, 'connect');
  return {
    transport: 'tcp',
    local: { host: local.host, port: socket.localPort ?? 0 },
    send: (bytes) => socket.write(bytes),
    close: async () => {
      if (socket.destroyed) return;
      const closed = once(socket, 'close');
      socket.destroy();
      await closed;
    },
  };
}

/** The first whole message of a stream, framed by Content-Length. */
function takeMessage(bytes: Buffer): Buffer | undefined {
  const split = bytes.indexOf('\r\n\r\n');
  if (split < 0) return undefined;
  const length = /^(?:content-length|l)\s*:\s*(\d+)/im.exec(bytes.toString('latin1', 0, split))?.[1] ?? '0';
  const end = split + 4 + Number(length);
  return bytes.length < end ? undefined : bytes.subarray(0, end);
}
