import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a real server that a test can cut and heal. */
export class CuttableLine {
  private readonly port: number;
  private readonly target: { host: string; port: number };
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  constructor(port: number, target: string) {
    const [host = '127.0.0.1', targetPort = '0'] = target.split(':');
    this.port = port;
    this.target = { host, port: Number(targetPort) };
  }

  heal(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(this.target);
      for (const [one, other] of [[near, far], [far, near]] as const) {
        this.sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
      }
    });
    this.server = server;
    return new Promise((resolve) => server.listen(this.port, '127.0.0.1', () => resolve()));
  }

  cut(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const socket of this.sockets) socket.destroy();
    return closed;
  }
}
