export { HASH_RULES, SecretHashes, type HashRules } from './secret-hashes.ts';
