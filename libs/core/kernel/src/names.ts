import { type Result, fail, ok } from './result.ts';

/** Names that people choose once and addresses carry: tenant, site and switch ids. */
const NAME = /^[a-z][a-z0-9-]{0,62}$/;

export function parseName(text: string): Result<string, string> {
  return NAME.test(text) ? ok(text) : fail('a name has 1 to 63 of the characters a-z, 0-9 and -, and begins with a letter');
}
