import { createHmac, createSecretKey, hash, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Secret } from '@sfs/config';

/** With which a phone fetches its own file. */
export interface DeviceCredential {
  /** the MAC */
  readonly userName: string;
  readonly password: string;
}

export interface CredentialPlace {
  readonly tenant: string;
  /** 12 lower-case hex digits */
  readonly mac: string;
}

export interface CredentialHolder extends CredentialPlace {
  readonly credentialGeneration: number;
}

export interface ShownCredential {
  /** whose file is asked for, 12 lower-case hex digits */
  readonly mac: string;
  /** of the Authorization header; '' = none */
  readonly userName: string;
  readonly password: string;
}

/** 120 bits, 24 characters */
const PASSWORD_BYTES = 15;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** An unknown device costs what a known one does. No tenant has this name. */
const NOBODY = { tenant: '-', credentialGeneration: 1 } as const;

/** Derived from the key, never stored: every replica knows it, and a new generation is a number. */
export function credentialOf(key: Secret, { tenant, mac, generation }: CredentialPlace & { readonly generation: number }): DeviceCredential {
  return { userName: mac, password: derived(key, `http/${tenant}/${mac}/${generation}`) };
}

/** Of the phone's own administrator page. A rotation leaves it as it is: who stands at the phone needs it then too. */
export function adminPasswordOf(key: Secret, { tenant, mac }: CredentialPlace): string {
  return derived(key, `admin/${tenant}/${mac}`);
}

/**
 * The generation of the credential that was shown; 0 = it is none that is right. The newest one is always right, the one before until the newest was used
 * (`usedGeneration` of Facts): a phone keeps what it has until it has fetched. The same work and the same comparisons whatever was shown and whoever is asked for.
 */
export function rightGeneration(key: Secret, shown: ShownCredential, device: CredentialHolder | undefined, usedGeneration: number): number {
  const { tenant, credentialGeneration: newest } = device ?? NOBODY;
  const place = { tenant, mac: shown.mac };
  const given = digestOf(shown);
  const isNewest = timingSafeEqual(given, digestOf(credentialOf(key, { ...place, generation: newest })));
  const isBefore = timingSafeEqual(given, digestOf(credentialOf(key, { ...place, generation: newest - 1 })));
  if (device === undefined || device.mac !== shown.mac) return 0;
  if (isNewest) return newest;
  return isBefore && newest > 1 && usedGeneration < newest ? newest - 1 : 0;
}

/** Of equal length whatever was shown. */
function digestOf({ userName, password }: DeviceCredential): Buffer {
  return hash('sha256', `${userName.toLowerCase()}:${password}`, 'buffer');
}

function derived(key: Secret, place: string): string {
  const bytes = createHmac('sha256', keyOf(key)).update(place).digest();
  return base32(bytes.subarray(0, PASSWORD_BYTES));
}

/** Making a key costs ten times what using it does. */
const keys = new WeakMap<Secret, KeyObject>();

function keyOf(secret: Secret): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(secret.reveal(), 'base64');
  keys.set(secret, key);
  return key;
}

/** RFC 4648 6, without padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(value >> bits) & 31] ?? '';
    }
  }
  return text;
}
