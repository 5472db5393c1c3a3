import { depositStep, menuStep, startDeposit, startMenu } from '@sfs/voicemail';
import type { Media } from '@sfs/media';
import type { IncomingCall } from '@sfs/sip';
import type { Logger } from 'pino';
import type { CallParts } from '../start-calls.port.ts';
import type { CallMetrics } from './call.metrics.ts';
import type { Clock } from '@sfs/service-host';
import { DialogueRun, type Dialogue } from './dialogue-run.ts';
import type { Line } from './line.ts';
import { OwnerDesk } from './owner-desk.ts';
import { readCaller, type Caller } from './read-caller.ts';
import { readTarget, type CallTarget } from './read-target.ts';
import { ServedCall, type Conversation } from './served-call.ts';
import { Speech } from './speech.ts';
import { Tape } from './tape.ts';

export interface CallDeskParts extends Pick<CallParts, 'deposits' | 'pins' | 'messages' | 'greetings'> {
  readonly media: Pick<Media, 'open'>;
  readonly clock: Clock;
  /** epoch ms, for what is said about time */
  now(): number;
  readonly metrics: CallMetrics;
  readonly log: Logger;
}

/** Takes every call to where its target leads, and knows those that are not over. */
export class CallDesk {
  readonly #parts: CallDeskParts;
  readonly #calls = new Map<ServedCall, Promise<void>>();

  constructor(parts: CallDeskParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#calls.size;
  }

  take(call: IncomingCall): void {
    const { media, clock, metrics, log } = this.#parts;
    const target = readTarget(call.requestUri);
    if (!target.ok) {
      metrics.refused(404);
      log.info({ callId: call.callId, status: 404, why: target.error }, 'call refused');
      return call.reject(404, 'Not Found');
    }
    const converse = (line: Line, hangUp: () => void): Conversation => this.#converse(target.value, call, line, hangUp);
    const served = new ServedCall({ call, kind: target.value.kind, media, clock, metrics, log, converse });
    const serving = served
      .serve()
      .catch((error: unknown) => log.error({ err: error, callId: call.callId }, 'call could not be closed'))
      .finally(() => this.#calls.delete(served));
    this.#calls.set(served, serving);
  }

  /** Resolves when the calls there are now are over. */
  async idle(): Promise<void> {
    await Promise.all(this.#calls.values());
  }

  /** Ends them: what was spoken is kept. */
  async stop(): Promise<void> {
    for (const call of this.#calls.keys()) call.stop();
    await this.idle();
  }

  #converse(target: CallTarget, call: IncomingCall, line: Line, hangUp: () => void): Conversation {
    const { deposits, messages, greetings, pins, metrics, log } = this.#parts;
    const { tenant } = target;
    const caller = readCaller(call);
    const tape = new Tape(deposits, depositOf(target, caller, call.callId));
    const owner = new OwnerDesk({ tenant, caller, pins, messages, greetings, log });
    const speech = new Speech({ tenant, messages, greetings, log });
    const mailbox = target.mailbox ?? '';
    const run = new DialogueRun({ dialogue: this.#dialogue(target), line, tape, speech, owner, mailbox, observer: metrics, log, hangUp });
    return {
      run: () => run.run(),
      cutShort: () => {
        tape.truncated = true;
      },
      about: () => ({ tenant, mailbox: owner.mailbox ?? target.mailbox, from: caller.number, message: tape.messageId }),
    };
  }

  #dialogue(target: CallTarget): Dialogue {
    if (target.kind === 'deposit') {
      let state = startDeposit();
      return { next: (event) => take(depositStep(state, event, { mailbox: target.mailbox }), (next) => (state = next)) };
    }
    let state = startMenu();
    return { next: (event) => take(menuStep(state, event, { mailbox: target.mailbox, now: this.#parts.now() }), (next) => (state = next)) };
  }
}

function take<State, Effects>(step: { readonly state: State; readonly effects: Effects }, keep: (state: State) => void): Effects {
  keep(step.state);
  return step.effects;
}

function depositOf(target: CallTarget, { number, name }: Caller, callId: string): ConstructorParameters<typeof Tape>[1] {
  if (target.kind !== 'deposit') return undefined;
  const { tenant, mailbox, reason } = target;
  return { tenant, mailbox, reason, callId, fromNumber: number, fromName: name };
}
