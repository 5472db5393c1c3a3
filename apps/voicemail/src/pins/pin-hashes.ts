import { HASH_RULES, SecretHashes, type HashRules } from '@sfs/secret-hash';

/** PINs, as argon2id with the pepper of the deployment. */
export class PinHashes extends SecretHashes {
  constructor(pepper: Buffer, rules: HashRules = HASH_RULES) {
    super({ pepper, rules, busy: { code: 'pins/busy', message: 'Too many PINs are tried at once' } });
  }
}
