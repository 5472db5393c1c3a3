/** What is said: prompts by name, recordings by what they are. The shell finds the audio. */
export type Said =
  | { readonly prompt: string }
  | { readonly greeting: 'greeting' | 'name'; readonly mailbox: string }
  | { readonly message: string }
  /** what was recorded last in this call */
  | { readonly draft: true }
  | { readonly silenceMs: number };

/** What a dialogue wants done, as data. The last effect of a step is the one that answers with an event; effects before it answer nothing. */
export type Effect =
  /** -> played. bargeIn: a digit stops it and is kept for the next collect */
  | { readonly do: 'play'; readonly said: readonly Said[]; readonly bargeIn: boolean }
  /** says, then waits for digits; a digit stops what is said. fresh: what was dialled before this moment is thrown away -> entered */
  | { readonly do: 'collect'; readonly said: readonly Said[]; readonly max: number; readonly terminator: '#' | ''; readonly fresh: boolean; readonly firstMs: number; readonly betweenMs: number }
  /** ends by any key, silence or length -> recorded */
  | { readonly do: 'record'; readonly into: 'message' | 'greeting' | 'name'; readonly maxMs: number; readonly silenceMs: number }
  /** -> deposit-open or deposit-refused */
  | { readonly do: 'open-deposit' }
  /** makes the recording a message -> kept or keep-failed */
  | { readonly do: 'keep-message' }
  /** throws the recording away; answers nothing */
  | { readonly do: 'drop-recording' }
  /** the attempt is recorded before the answer -> pin */
  | { readonly do: 'check-pin'; readonly mailbox: string; readonly pin: string }
  /** -> pin-changed */
  | { readonly do: 'change-pin'; readonly pin: string }
  /** messages and greetings of the opened mailbox -> box */
  | { readonly do: 'load-box' }
  /** -> marked */
  | { readonly do: 'mark'; readonly message: string; readonly step: 'heard' | 'saved' | 'deleted' | 'restored' }
  /** makes the recording the greeting or name -> greeting-kept */
  | { readonly do: 'keep-greeting'; readonly kind: 'greeting' | 'name' }
  | { readonly do: 'hang-up' };

export type DialogueEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'played'; readonly playedMs: number; readonly interrupted: boolean }
  /** what should be said could not be fetched, or is damaged: answers play instead of played */
  | { readonly kind: 'play-failed' }
  | { readonly kind: 'entered'; readonly digits: string; readonly end: 'full' | 'terminator' | 'timeout' }
  /** answers record, also when the caller hung up: endedBy stopped, before or after hung-up */
  | { readonly kind: 'recorded'; readonly durationMs: number; readonly speechMs: number; readonly endedBy: 'digit' | 'silence' | 'max' | 'stopped' }
  | { readonly kind: 'deposit-open'; readonly hasGreeting: boolean; readonly hasName: boolean; readonly maxMs: number }
  | { readonly kind: 'deposit-refused'; readonly why: 'full' | 'no-mailbox' | 'no-storage' }
  | { readonly kind: 'kept' }
  | { readonly kind: 'keep-failed' }
  | { readonly kind: 'pin'; readonly result: 'right' | 'must-change' | 'wrong' | 'locked' | 'unavailable' }
  | { readonly kind: 'pin-changed'; readonly result: 'done' | 'too-short' | 'too-easy' | 'used-before' | 'unavailable' }
  | { readonly kind: 'box'; readonly box: BoxContents }
  /** answers load-box instead of box */
  | { readonly kind: 'box-failed' }
  | { readonly kind: 'marked'; readonly ok: boolean }
  | { readonly kind: 'greeting-kept'; readonly ok: boolean }
  | { readonly kind: 'hung-up' };

export interface BoxContents {
  /** oldest first; deleted ones come only from this call */
  readonly messages: readonly BoxMessage[];
  readonly timeZone: string;
  readonly hasGreeting: boolean;
  readonly hasName: boolean;
}

export interface BoxMessage {
  readonly id: string;
  readonly state: 'new' | 'old';
  /** epoch ms */
  readonly recordedAt: number;
  readonly durationMs: number;
  readonly fromNumber: string;
  readonly truncated: boolean;
}

export interface Step<State> {
  readonly state: State;
  readonly effects: readonly Effect[];
}
