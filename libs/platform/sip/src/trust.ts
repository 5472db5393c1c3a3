import { BlockList, isIP } from 'node:net';
import { DomainError } from '@sfs/kernel';

/** Who may speak to us at all; asked before a byte is looked at. */
export class Trust {
  readonly #anyPort = new BlockList();
  readonly #byPort = new Map<number, BlockList>();

  /** `ADDRESS[/PREFIX][:PORT]`, IPv6 addresses in brackets */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  #add(entry: string): void {
    const parts = /^(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?:\/(\d{1,3}))?(?::(\d{1,5}))?$/.exec(entry.trim());
    const address = parts?.[1] ?? parts?.[2] ?? '';
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const width = family === 'ipv6' ? 128 : 32;
    const prefix = Number(parts?.[3] ?? width);
    if (!parts || isIP(address) === 0 || prefix > width) throw new DomainError('invalid', 'sip/bad-trusted', `not ADDRESS[/PREFIX][:PORT]: ${entry}`);
    this.#list(parts[4]).addSubnet(address, prefix, family);
  }

  #list(port: string | undefined): BlockList {
    if (port === undefined) return this.#anyPort;
    const list = this.#byPort.get(Number(port)) ?? new BlockList();
    this.#byPort.set(Number(port), list);
    return list;
  }

  /** of a datagram */
  allows(address: string, port: number): boolean {
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    return this.#anyPort.check(address, family) || (this.#byPort.get(port)?.check(address, family) ?? false);
  }

  /** of a connection, whose port is any */
  allowsConnection(address: string): boolean {
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    return this.#anyPort.check(address, family) || [...this.#byPort.values()].some((list) => list.check(address, family));
  }
}
