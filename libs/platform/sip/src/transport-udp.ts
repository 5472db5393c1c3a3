import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { MAX_DATAGRAM, type Place, type Transport, type TransportOptions } from './transport.ts';

export async function openUdp(options: TransportOptions): Promise<Transport> {
  const { counters, trust } = options;
  const socket = createSocket({ type: options.host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 1024 * 1024 });
  let open = true;
  const send = (text: string, to: Place): void => {
    if (!open) return;
    counters.add('sent');
    socket.send(Buffer.from(text, 'latin1'), to.port, to.host, (error) => {
      if (error) counters.add('send_failed');
    });
  };
  socket.bind(options.port, options.host);
  await once(socket, 'listening');
  socket.on('error', () => counters.add('send_failed'));
  socket.on('message', (bytes, from) => {
    if (!trust.allows(from.address, from.port)) return counters.add('dropped_untrusted');
    if (bytes.length > MAX_DATAGRAM) return counters.add('oversized');
    const message = withoutLeadingLines(bytes);
    if (message.length === 0) return; // a keep-alive
    const source = { host: from.address, port: from.port };
    options.onMessage(message, { ...source, transport: 'udp', reply: (text, to) => send(text, to ?? source) });
  });
  return {
    kind: 'udp',
    send,
    close: async () => {
      if (!open) return;
      open = false;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** RFC 3261 7.5: empty lines before the first one mean nothing. */
function withoutLeadingLines(bytes: Buffer): Buffer {
  let start = 0;
  while (bytes[start] === 13 || bytes[start] === 10) start += 1;
  return start === 0 ? bytes : bytes.subarray(start);
}
