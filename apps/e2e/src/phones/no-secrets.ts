import assert from 'node:assert/strict';
import type { PhoneClient } from '@sfs/testing';

/** Every value that only its phone may learn. */
export function secretsOf(phone: PhoneClient): string[] {
  const { account, credential } = phone;
  assert.ok(account && credential, 'the phone must have come up');
  return [account.password, credential.password];
}

/** Nothing that a stranger could register or fetch with. */
export function assertNoSecrets(phone: PhoneClient, secrets: readonly string[]): void {
  assert.equal(phone.account, undefined, `an account was given away: ${phone.asked.join(', ')}`);
  assert.equal(phone.credential, undefined, `a credential was given away: ${phone.asked.join(', ')}`);
  for (const { body, path, status } of phone.exchanges) {
    const found = secrets.find((secret) => body.includes(secret));
    assert.equal(found, undefined, `a secret is in the answer ${status} to ${path}`);
  }
}
