import type { DialogueEvent, Step } from './dialogue.ts';

export interface MenuContext {
  /** undefined: the caller is asked for the number */
  readonly mailbox: string | undefined;
  /** epoch ms */
  readonly now: number;
}

/** Over when `at` is ended. Holds PINs while they are entered: never log it. */
export type MenuState = { readonly at: 'start' } | { readonly at: 'ended' };

/** Before the first event, which is `start`. */
export const startMenu = (): MenuState => ({ at: 'start' });

export function menuStep(state: MenuState, _event: DialogueEvent, _context: MenuContext): Step<MenuState> {
  return { state, effects: [] };
}
