// Sends the packets of so many calls to given ports, paced by one 20 ms tick: the load of the floor.
import { createSocket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { serveBench } from './bench-process.ts';

serveBench({ ready: true }, async (message) => {
  const { ports, frames } = message as { ports: readonly number[]; frames: number };
  const socket = createSocket({ type: 'udp4', sendBufferSize: 1 << 20 });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const packet = randomBytes(172);
  const began = performance.now();
  for (let tick = 1; tick <= frames; tick += 1) {
    const wait = began + tick * 20 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    packet.writeUInt16BE(tick & 0xffff, 2);
    for (const port of ports) socket.send(packet, port, '127.0.0.1');
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  socket.close();
  return { sent: frames * ports.length };
});
