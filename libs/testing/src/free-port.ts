import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { once } from 'node:events';

/** A port that is free for TCP and UDP now. Another program may take it before you do: bind soon. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const free = await isFreeForUdp(port, host);
    server.close();
    await once(server, 'close');
    if (free) return port;
  }
  throw new Error(`no port is free on ${host}`);
}

/** Different ports, all free now. */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort(host));
  return [...ports];
}

async function isFreeForUdp(port: number, host: string): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, host);
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}
