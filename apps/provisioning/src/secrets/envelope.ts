import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secret } from '@sfs/config';

const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const NONCE_BYTES = 12;
const SEAL_BYTES = 16;

/** Encrypts secrets at rest with the key of the environment (design 5.8). `place` is bound in: a sealed text opens nowhere else. */
export class Envelope {
  private readonly key: Buffer;

  constructor(key: Secret) {
    this.key = Buffer.from(key.reveal(), 'base64');
  }

  /** base64 of format, nonce, text, seal */
  seal(text: string, place: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(place));
    const parts = [Buffer.of(FORMAT), nonce, cipher.update(text, 'utf8'), cipher.final()];
    return Buffer.concat([...parts, cipher.getAuthTag()]).toString('base64');
  }

  /** Throws when the key is another, the place is another or the text was touched. */
  open(sealed: string, place: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    if (bytes[0] !== FORMAT || bytes.length < 1 + NONCE_BYTES + SEAL_BYTES) throw new Error('a sealed text of an unknown format');
    const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(1, 1 + NONCE_BYTES)).setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(bytes.length - SEAL_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES, bytes.length - SEAL_BYTES)), decipher.final()]).toString('utf8');
  }
}
