import { HASH_RULES, SecretHashes, type HashRules } from '@sfs/secret-hash';

export const PASSWORD_RULES: HashRules = { ...HASH_RULES, waiting: 32 };

/** Passwords of accounts, as argon2id with the pepper of the deployment. */
export class Passwords extends SecretHashes {
  constructor(pepper: string, rules: HashRules = PASSWORD_RULES) {
    super({ pepper: Buffer.from(pepper), rules, busy: { code: 'sessions/busy', message: 'Too many people sign in at once' } });
  }
}
