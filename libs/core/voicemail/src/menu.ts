import type { DialogueEvent } from './dialogue.ts';
import { type Handlers, stepOf } from './machine.ts';
import { GREETINGS } from './menu-greetings.ts';
import { LOGIN } from './menu-login.ts';
import { MESSAGES, isHeard } from './menu-messages.ts';
import { end } from './menu-places.ts';
import type { MenuContext, MenuState, MenuStep } from './menu-state.ts';

const HANDLERS: Handlers<MenuState, MenuContext> = { ...LOGIN, ...GREETINGS, ...MESSAGES };

/** Before the first event, which is `start`. */
export const startMenu = (): MenuState => ({ at: 'start' });

/** An owner listens by telephone. */
export function menuStep(state: MenuState, event: DialogueEvent, context: MenuContext): MenuStep {
  return event.kind === 'hung-up' ? hungUp(state, context) : stepOf(HANDLERS, state, event, context);
}

/** At any moment. What was not confirmed is not kept; nothing is said any more. */
function hungUp(state: MenuState, { now }: MenuContext): MenuStep {
  switch (state.at) {
    case 'recording':
    case 'reviewing':
    case 'listening':
      return end({ do: 'drop-recording' });
    case 'playing':
      return isHeard(state, now) ? { state: { at: 'gone-marking' }, effects: [{ do: 'mark', message: state.message.id, step: 'heard' }] } : end();
    case 'gone-marking':
    case 'ended':
      return { state, effects: [] };
    case 'noting-heard':
    case 'marking':
      return { state: { at: 'gone-marking' }, effects: [] };
    default:
      return end();
  }
}
