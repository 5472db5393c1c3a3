import { ALL_EVENTS, EVENTS, eventOf, wordsOf } from './dialogue-builders.ts';
import type { DialogueEvent, Step } from './dialogue.ts';

// For specs: the state x event tables and the walks of testdata.

/** Per state: event -> `STATE: effect; effect`, and the kinds of event that change nothing and do nothing there. */
export type Table = Readonly<Record<string, { readonly on: Readonly<Record<string, string>>; readonly ignores: readonly string[] }>>;

const kindOf = new Map(Object.entries(EVENTS).flatMap(([kind, variants]) => Object.keys(variants).map((name) => [name, kind] as const)));

/** What the table says of a pair; a pair that it does not list fails. */
export function expected(table: Table, state: string, event: string): string {
  const row = table[state];
  const isIgnored = row?.ignores.includes(kindOf.get(event) ?? '') ?? false;
  const follows = row?.on[event];
  if (isIgnored === (follows !== undefined)) throw new Error(`${state} x ${event} is listed ${isIgnored ? 'twice' : 'nowhere'}`);
  return follows ?? 'ignored';
}

/** What follows, as the table says it. */
export const seen = <State extends { readonly at: string }>(before: State, step: Step<State>): string => (step.state === before && step.effects.length === 0 ? 'ignored' : wordsOf(step));

/** Names in a table that mean no event. */
export const unknownNames = (table: Table): readonly string[] =>
  Object.values(table).flatMap(({ on, ignores }) => [...Object.keys(on).filter((name) => !Object.hasOwn(ALL_EVENTS, name)), ...ignores.filter((kind) => !Object.hasOwn(EVENTS, kind))]);

/** States by name: where it is, and the variant. */
export const named = <State>(states: Readonly<Record<string, Readonly<Record<string, State>>>>): ReadonlyMap<string, State> =>
  new Map(Object.entries(states).flatMap(([at, variants]) => Object.entries(variants).map(([variant, state]) => [at + variant, state] as const)));

/** A walk is lines of `> event`, each followed by what the dialogue does. Gives the lines as they come out, and where it ends. */
export function walk<State extends { readonly at: string }>(lines: readonly string[], start: State, next: (state: State, event: DialogueEvent) => Step<State>): { readonly lines: readonly string[]; readonly end: string } {
  let state = start;
  const walked = lines
    .filter((line) => line.startsWith('> '))
    .flatMap((line) => {
      const step = next(state, eventOf(line.slice(2)));
      state = step.state;
      return [line, wordsOf(step)];
    });
  return { lines: walked, end: state.at };
}
