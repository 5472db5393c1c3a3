import { timingSafeEqual } from 'node:crypto';
import type { Identity } from '@sfs/phone-config';
import type { KnownDevice } from '../devices/known-devices.port.ts';

/** A request of a phone that showed the newest credential of its device. */
export interface Proof {
  readonly fileName: string;
  readonly userAgent: string;
  readonly authorization: string;
  readonly identity: Identity;
}

const MAC_IN_NAME = /(?:^|[^0-9A-Fa-f])([0-9A-Fa-f]{12})(?![0-9A-Fa-f])/;
const NONE = Buffer.alloc(0);

/**
 * Phones ask the same thing again and again: who shows byte for byte what was right before needs no derivation (some 50 us) and no reading of its name.
 * An entry lives as long as the device's entity, so that a rotation, another tenant or a deletion ends it; only the newest credential is kept, because
 * the one before may end without a change of the entity. Without an Authorization header nothing is looked up: what an unproved request costs tells nothing.
 */
export class ProvedPhones {
  private readonly proofs = new WeakMap<KnownDevice, Proof & { readonly bytes: Buffer }>();

  find(device: KnownDevice | undefined, asked: Omit<Proof, 'identity'>): Proof | undefined {
    const proof = device && this.proofs.get(device);
    const shown = Buffer.from(asked.authorization, 'latin1');
    const right = proof?.bytes ?? NONE;
    // The same comparison whether there is something to compare with or not.
    const isSame = timingSafeEqual(shown, right.length === shown.length ? right : shown) && right.length === shown.length;
    return isSame && proof !== undefined && proof.fileName === asked.fileName && proof.userAgent === asked.userAgent ? proof : undefined;
  }

  keep(device: KnownDevice, proof: Proof): void {
    this.proofs.set(device, { ...proof, bytes: Buffer.from(proof.authorization, 'latin1') });
  }
}

/** 12 lower-case hex digits that stand alone in a name; '' = none. For a look into memory only: what the name means says its pack. */
export function digitsIn(fileName: string): string {
  return MAC_IN_NAME.exec(fileName)?.[1]?.toLowerCase() ?? '';
}
