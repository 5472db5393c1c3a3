import type { Call, CallDecision } from '@sfs/dial-plan';
import { renderAnswer, type AnswerTail } from './answer.ts';
import type { DecisionCounters } from './decision.counters.ts';
import { callOf, decide, explain } from './engine.ts';
import type { Question } from './question.ts';
import type { DecidingSwitch } from './switch-board.ts';

/** One answered question, for the record. The switch is the one that decided: same plan, same directory in the same tick. */
export interface Decided {
  readonly at: DecidingSwitch;
  readonly call: Call;
  readonly decision: CallDecision;
  readonly microseconds: number;
  /** transaction of the asking proxy; '' over HTTP */
  readonly tx: string;
}

/** A request that was not decided. */
export interface Refused {
  readonly switchId: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly callId: string;
  readonly from: string;
  readonly to: string;
}

/** Called after the answer left; must not throw and not wait. */
export interface DecisionObserver {
  decided(decided: Decided): void;
  refused(refused: Refused): void;
}

export interface DecisionParts {
  readonly tail: AnswerTail;
  readonly counters: DecisionCounters;
  readonly observer: DecisionObserver;
  readonly now?: () => number;
}

/** Question -> answer for both doors. Synchronous from the first line to the last: nothing can change the switch meanwhile. */
export class DecisionService {
  private readonly parts: DecisionParts;
  private readonly clock: () => number;

  constructor(parts: DecisionParts) {
    this.parts = parts;
    this.clock = parts.now ?? (() => performance.now());
  }

  /** Decides, hands the rendered answer to `send`, then tells the observer. */
  answer(at: DecidingSwitch, question: Question, send: (json: string) => void): void {
    const started = this.clock();
    const call = callOf(question);
    const decision = decide(at, call);
    const trace = question.trace === true ? explain(at, call).trace : undefined;
    const json = renderAnswer(decision.plan, this.parts.tail.current(), trace);
    const microseconds = (this.clock() - started) * 1000;
    send(json);
    this.settle({ at, call, decision, microseconds, tx: '' });
  }

  /** As `answer`, for the adapter: the plan alone. */
  plan(at: DecidingSwitch, question: Question, tx: string, send: (json: string) => void): void {
    const started = this.clock();
    const call = callOf(question);
    const decision = decide(at, call);
    const json = JSON.stringify(decision.plan);
    const microseconds = (this.clock() - started) * 1000;
    send(json);
    this.settle({ at, call, decision, microseconds, tx });
  }

  refuse(refused: Refused): void {
    this.parts.counters.outcomes.refused++;
    this.parts.observer.refused(refused);
  }

  private settle(decided: Decided): void {
    this.parts.counters.decided(decided.decision.outcome, decided.microseconds);
    if (decided.call.target === undefined) this.parts.counters.missingState++;
    this.parts.observer.decided(decided);
  }
}
