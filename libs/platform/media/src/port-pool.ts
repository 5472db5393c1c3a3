import { DomainError } from '@sfs/kernel';

/** Even ports; one that is given back is the last to be given again, so that a late packet meets nobody. */
export class PortPool {
  private readonly free: number[];

  constructor(from: number, to: number) {
    const first = from + (from % 2);
    this.free = Array.from({ length: Math.max(0, Math.floor((to - first) / 2) + 1) }, (_, index) => first + index * 2);
  }

  get size(): number {
    return this.free.length;
  }

  take(): number {
    const port = this.free.shift();
    if (port === undefined) throw noPort();
    return port;
  }

  giveBack(port: number): void {
    this.free.push(port);
  }
}

export function noPort(): DomainError {
  return new DomainError('exhausted', 'media/no-port', 'All RTP ports are in use', { remedy: 'Widen the port range or add a replica' });
}
