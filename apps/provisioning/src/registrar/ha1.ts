import { createHash } from 'node:crypto';

/** RFC 2617 3.2.2.2: what a registrar needs to check a digest; MD5 is the rule from outside, not our choice. */
export function ha1Of(user: string, realm: string, password: string): string {
  return createHash('md5').update(`${user}:${realm}:${password}`).digest('hex');
}
