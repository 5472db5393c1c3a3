/** Why the call goes where it goes: every step that decided, and every step that was asked and said no. Data for the UI's path and digit grid. */
export interface Trace {
  readonly revision: string;
  readonly caller: { readonly number: string; readonly userId: string; readonly profileId: string; readonly profileFrom: 'user' | 'switch' | 'inbound' | 'none' };
  readonly stations: readonly Station[];
  /** candidates of the (first) match, winner first; at most 50 */
  readonly candidates: readonly Candidate[];
  /** further patterns that did not take the number */
  readonly candidatesLeftOut?: number;
}

export interface Station {
  /** stable id: `emergency`, `plan-off`, `dialled`, `profile`, `match`, `extension`, `trunk`, `block`, `device-state`, `reject-on-not-ready`, `forward-all`, `busy`, `ring`, `forward-on-no-answer`, `forward-on-busy`, `voicemail`, `voicemail-access`, `loop`, `end` */
  readonly rule: string;
  /** decided = on the path; passed = asked, said no; later = runs only if what is before it fails */
  readonly verdict: 'decided' | 'passed' | 'later';
  /** one sentence in the words of the UI */
  readonly text: string;
  /** the number this station is about (changes along a forward) */
  readonly number: string;
  /** where the value came from, for settings */
  readonly origin?: string;
}

export interface Candidate {
  readonly partitionId: string;
  readonly partitionName: string;
  readonly pattern: string;
  readonly action: 'extension' | 'trunk' | 'block';
  readonly result: 'won' | 'lost' | 'no-match' | 'inactive';
  /** 0-based digit at which it lost or stopped matching */
  readonly position?: number;
  readonly why: string;
}
