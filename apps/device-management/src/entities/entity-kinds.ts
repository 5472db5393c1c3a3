import type { KindDefinition } from '@sfs/change-log';

/** No listings: every list is answered out of memory. */
const listings = (): readonly never[] => [];

export const ENTITY_KINDS: readonly KindDefinition[] = [
  { kind: 'device', published: true, listings },
  { kind: 'device-profile', published: true, listings },
  { kind: 'device-layer', published: true, listings },
  { kind: 'enrolment', published: true, listings },
  // Says only that somebody was shown a device's secrets, who and when; its id is the MAC.
  { kind: 'device-reveal', published: false, listings },
];

export const PUBLISHED_KINDS: readonly string[] = ENTITY_KINDS.filter(({ published }) => published).map(({ kind }) => kind);
