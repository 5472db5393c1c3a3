import type { BoxMessage, Step } from './dialogue.ts';

export interface MenuContext {
  /** undefined: the caller is asked for the number */
  readonly mailbox: string | undefined;
  /** epoch ms, at each step */
  readonly now: number;
}

/** A message during the call: one that was deleted stays, so that it can be restored. */
export interface HeldMessage extends BoxMessage {
  readonly deleted: boolean;
}

/** The opened mailbox. */
export interface Session {
  readonly mailbox: string;
  readonly timeZone: string;
  readonly hasGreeting: boolean;
  readonly hasName: boolean;
  readonly messages: readonly HeldMessage[];
}

/** Going through new or saved messages: `ids` in their order, so that a message keeps its place whatever happens to it meanwhile. */
export interface Visit {
  readonly session: Session;
  readonly ids: readonly string[];
  readonly message: HeldMessage;
}

/** One round of number and PIN, or of the PIN alone when the call says whose mailbox it is. */
export interface Login {
  readonly round: number;
  readonly isNumberAsked: boolean;
}

/** Why the PIN is changed, which is also where it goes on. */
export type PinGoal = { readonly because: 'must'; readonly mailbox: string } | { readonly because: 'wish'; readonly session: Session };

/** Recording the name or the greeting. `from`: offered at the first log-in, or chosen in the options. */
export interface Draft {
  readonly session: Session;
  readonly kind: 'greeting' | 'name';
  readonly from: 'offers' | 'options';
  readonly takes: number;
}

/** asked: how often a question was put. Over when `at` is ended, not before. Holds PINs while they are entered: never log it. */
export type MenuState =
  | { readonly at: 'start' }
  | ({ readonly at: 'asking-number' } & Login)
  | ({ readonly at: 'asking-pin' | 'checking-pin'; readonly mailbox: string } & Login)
  | { readonly at: 'choosing-pin'; readonly goal: PinGoal; readonly asked: number }
  | { readonly at: 'repeating-pin'; readonly goal: PinGoal; readonly pin: string }
  | { readonly at: 'changing-pin'; readonly goal: PinGoal }
  | { readonly at: 'loading'; readonly mailbox: string; readonly isFirstUse: boolean }
  | { readonly at: 'offering'; readonly session: Session; readonly kind: Draft['kind'] }
  | ({ readonly at: 'announcing' | 'recording' | 'listening' | 'keeping' } & Draft)
  | ({ readonly at: 'reviewing'; readonly asked: number } & Draft)
  | { readonly at: 'main' | 'options'; readonly session: Session; readonly asked: number }
  | ({ readonly at: 'envelope' } & Visit)
  | ({ readonly at: 'playing'; readonly since: number } & Visit)
  | ({ readonly at: 'noting-heard' } & Visit)
  | ({ readonly at: 'message'; readonly asked: number } & Visit)
  | ({ readonly at: 'marking'; readonly step: 'saved' | 'deleted' | 'restored' } & Visit)
  | { readonly at: 'leaving' }
  /** the caller has hung up while listening; the mark is waited for */
  | { readonly at: 'gone-marking' }
  | { readonly at: 'ended' };

export type MenuStep = Step<MenuState>;
