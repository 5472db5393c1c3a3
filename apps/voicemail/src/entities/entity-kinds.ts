import type { KindDefinition } from '@sfs/change-log';

export const MAILBOXES = 'mailbox';

export const ENTITY_KINDS: readonly KindDefinition[] = [
  { kind: 'mailbox', published: true, listings: (state) => [{ list: MAILBOXES, sortKey: state.id }] },
  { kind: 'greeting', published: true, listings: () => [] },
  { kind: 'mailbox-pin', published: false, listings: () => [] },
  // These two say only that something was done, by whom and when; what it was done to is the id.
  { kind: 'mailbox-unlock', published: false, listings: () => [] },
  { kind: 'listening', published: false, listings: () => [] },
];

export const PUBLISHED_KINDS: readonly string[] = ENTITY_KINDS.filter(({ published }) => published).map(({ kind }) => kind);
