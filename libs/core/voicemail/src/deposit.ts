import type { DialogueEvent, Step } from './dialogue.ts';

export interface DepositContext {
  /** number of the mailbox that is called */
  readonly mailbox: string;
}

/** Over when `at` is ended. */
export type DepositState = { readonly at: 'start' } | { readonly at: 'ended' };

/** Before the first event, which is `start`. */
export const startDeposit = (): DepositState => ({ at: 'start' });

export function depositStep(state: DepositState, _event: DialogueEvent, _context: DepositContext): Step<DepositState> {
  return { state, effects: [] };
}
