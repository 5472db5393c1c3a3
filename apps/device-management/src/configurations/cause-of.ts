import type { Ingredients } from './ingredients.ts';

type Difference = readonly [words: string, of: (ingredients: Ingredients) => unknown];

const DIFFERENCES: readonly Difference[] = [
  ['number', ({ line }) => `${line.switchId}/${line.number}`],
  ['name of the user', ({ line }) => line.displayName],
  ['SIP password', ({ account }) => account.password],
  ['SIP domain', ({ account }) => account.sipDomain],
  ['credential of the phone', ({ device }) => device.credentialGeneration],
  ['vendor or model', ({ device }) => `${device.vendor}/${device.model}`],
  ['label', ({ device }) => device.label],
  ['settings of the device', ({ device }) => device.settings],
  ['profile', ({ device }) => device.profileId],
  ['settings of the profile', ({ above }) => above.profile],
  ['settings of the site', ({ above }) => above.site],
  ['settings of the tenant', ({ above }) => above.tenant],
];

/** What made a file another one, for people; values, which may be secret, are not told. */
export function causeOf(revision: number, before: Ingredients | undefined, after: Ingredients): string {
  if (revision === 1) return 'first file of this device';
  if (before === undefined) return 'changed; the file before was not in memory (restart or update of the service)';
  const differing = DIFFERENCES.filter(([, of]) => JSON.stringify(of(before)) !== JSON.stringify(of(after)));
  return differing.length === 0 ? 'another version of the service or of the pack' : differing.map(([words]) => words).join(', ');
}
