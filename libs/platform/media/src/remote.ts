import { isIP } from 'node:net';
import type { RemoteMedia } from './session.ts';

const HELD = new Set(['0.0.0.0', '::']);

/** We send only where there is an address, to who listens; RFC 2543 holds with the address 0.0.0.0. */
export function mayBeSentTo({ address, port, direction }: RemoteMedia): boolean {
  return (direction === 'sendrecv' || direction === 'recvonly') && isIP(address) !== 0 && !HELD.has(address) && port > 0 && port < 0x1_0000;
}

/** Whether its silence means that it is gone. */
export function isExpectedToSend({ address, direction }: RemoteMedia): boolean {
  return (direction === 'sendrecv' || direction === 'sendonly') && !HELD.has(address);
}

/** A new place: what was learnt of the old one does not hold. Who holds says no place. */
export function hasMoved(from: RemoteMedia | undefined, to: RemoteMedia): boolean {
  return !from || (!HELD.has(to.address) && (from.address !== to.address || from.port !== to.port));
}
