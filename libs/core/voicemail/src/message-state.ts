/** One row of a message's life; rows are added and never changed. `id` names the row, not the message. */
export type MessageFact =
  | { readonly id: string; readonly step: 'deposited' | 'heard' | 'saved' | 'deleted' }
  /** undoes: the ids of the deletions that were seen when it was restored */
  | { readonly id: string; readonly step: 'restored'; readonly undoes: readonly string[] };

export type MessageState = 'new' | 'old' | 'deleted';

export interface MessageCounts {
  readonly new: number;
  /** heard or saved */
  readonly old: number;
  readonly deleted: number;
}

/**
 * The state of one message: the same for every order of the facts, and for facts that came twice. Undefined while `deposited` is not among them.
 * A deletion that no restore names stands, so a message that was deleted again at another site during a cut stays deleted.
 */
export function messageState(facts: Iterable<MessageFact>): MessageState | undefined {
  const steps = new Set<MessageFact['step']>();
  const deletions = new Set<string>();
  const undone = new Set<string>();
  for (const fact of facts) {
    steps.add(fact.step);
    if (fact.step === 'deleted') deletions.add(fact.id);
    if (fact.step === 'restored') for (const id of fact.undoes) undone.add(id);
  }
  if (!steps.has('deposited')) return undefined;
  for (const id of deletions) if (!undone.has(id)) return 'deleted';
  return steps.has('heard') || steps.has('saved') ? 'old' : 'new';
}

/** The ids that a restore written now must name. */
export function standingDeletions(facts: Iterable<MessageFact>): readonly string[] {
  const all = [...facts];
  const undone = new Set(all.flatMap((fact) => (fact.step === 'restored' ? fact.undoes : [])));
  return [...new Set(all.filter((fact) => fact.step === 'deleted' && !undone.has(fact.id)).map(({ id }) => id))];
}

/** How many messages of a mailbox are in each state; each item holds the facts of one message. */
export function countMessages(messages: Iterable<Iterable<MessageFact>>): MessageCounts {
  const counts = { new: 0, old: 0, deleted: 0 };
  for (const facts of messages) {
    const state = messageState(facts);
    if (state) counts[state] += 1;
  }
  return counts;
}
