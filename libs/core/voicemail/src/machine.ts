import type { DialogueEvent, Step } from './dialogue.ts';

type Kind = DialogueEvent['kind'];

/** The members of a union of states that may be at a place. */
export type StateAt<State extends { readonly at: string }, At> = State extends unknown ? (At extends State['at'] ? State & { readonly at: At } : never) : never;

/** For each state, what it does with the events it knows. */
export type Handlers<State extends { readonly at: string }, Context> = {
  readonly [At in State['at']]: {
    readonly [K in Kind]?: (state: StateAt<State, At>, event: Extract<DialogueEvent, { readonly kind: K }>, context: Context) => Step<State>;
  };
};

/**
 * One step of a dialogue. An event that the state does not list changes nothing and does nothing: an answer that was on its way
 * when the caller did something else comes late, and must not be taken for the answer that is waited for.
 */
export function stepOf<State extends { readonly at: string }, Context>(handlers: Handlers<State, Context>, state: State, event: DialogueEvent, context: Context): Step<State> {
  // The table's type ties each handler to its state and event; looking it up by both loses that tie.
  const row = handlers[state.at as State['at']] as Partial<Record<Kind, (state: State, event: DialogueEvent, context: Context) => Step<State>>>;
  return row[event.kind]?.(state, event, context) ?? { state, effects: [] };
}
