import { assertNever, DomainError } from '@sfs/kernel';
import type { Clip } from '@sfs/media';
import type { DialogueEvent, Effect, Said } from '@sfs/voicemail';
import type { Logger } from 'pino';
import type { Line } from './line.ts';
import type { OwnerDesk } from './owner-desk.ts';
import type { Speech } from './speech.ts';
import type { Tape } from './tape.ts';

/** A dialogue of the core with its state: what happened in, what to do out. */
export interface Dialogue {
  next(event: DialogueEvent): readonly Effect[];
}

/** What others count. */
export interface RunObserver {
  deposit(result: 'kept' | 'failed' | 'full' | 'no-mailbox' | 'no-storage'): void;
  pin(result: string): void;
}

export interface DialogueParts {
  readonly dialogue: Dialogue;
  readonly line: Line;
  readonly tape: Tape;
  readonly speech: Speech;
  readonly owner: OwnerDesk;
  /** named by the call: whose greetings a caller hears */
  readonly mailbox: string;
  readonly observer: RunObserver;
  readonly log: Logger;
  hangUp(): void;
}

type AudioEffect = Extract<Effect, { do: 'play' | 'collect' | 'record' }>;

/**
 * Runs a dialogue to its end: feeds events in, carries effects out. Once the caller has gone, what needs a caller answers `hung-up` (once), while what
 * is to be kept or dropped still is, and answers as always.
 */
export class DialogueRun {
  readonly #parts: DialogueParts;
  #toldOfHangUp = false;

  constructor(parts: DialogueParts) {
    this.#parts = parts;
  }

  async run(): Promise<void> {
    const { dialogue } = this.#parts;
    try {
      let event: DialogueEvent | undefined = { kind: 'start' };
      while (event) {
        this.#toldOfHangUp ||= event.kind === 'hung-up';
        event = await this.#carryOut(dialogue.next(event));
      }
    } finally {
      await this.#leaveNothingOpen();
    }
  }

  /** What was spoken and neither kept nor dropped, because something failed, is not lost. */
  async #leaveNothingOpen(): Promise<void> {
    const { tape } = this.#parts;
    if (tape.holdsMessage) {
      tape.truncated = true;
      await this.#keepMessage();
    }
    await tape.drop();
  }

  /** Each in its turn; the last one's answer is the next event. */
  async #carryOut(effects: readonly Effect[]): Promise<DialogueEvent | undefined> {
    let event: DialogueEvent | undefined;
    for (const effect of effects) event = await this.#perform(effect);
    return event;
  }

  async #perform(effect: Effect): Promise<DialogueEvent | undefined> {
    const { owner, tape, observer, speech } = this.#parts;
    switch (effect.do) {
      case 'play':
      case 'collect':
      case 'record':
        return this.#withCaller(effect);
      case 'open-deposit':
        return this.#openDeposit();
      case 'keep-message':
        return this.#keepMessage();
      case 'drop-recording':
        await tape.drop();
        return undefined;
      case 'check-pin': {
        const result = await owner.checkPin(effect);
        observer.pin(result);
        return { kind: 'pin', result };
      }
      case 'change-pin':
        return { kind: 'pin-changed', result: await owner.changePin(effect.pin) };
      case 'load-box': {
        const box = await owner.box();
        return box ? { kind: 'box', box } : { kind: 'box-failed' };
      }
      case 'mark':
        return { kind: 'marked', ok: await owner.mark(effect) };
      case 'keep-greeting': {
        const kept = await owner.keepGreeting(effect.kind, tape.draft);
        speech.forgetGreetings();
        return { kind: 'greeting-kept', ok: kept };
      }
      case 'hang-up':
        this.#parts.hangUp();
        return undefined;
      default:
        return assertNever(effect);
    }
  }

  async #withCaller(effect: AudioEffect): Promise<DialogueEvent | undefined> {
    if (effect.do === 'record') return this.#record(effect);
    if (effect.do === 'play') return this.#play(effect);
    const { line } = this.#parts;
    if (effect.fresh) line.forgetTyped();
    const clips = await this.#clips(effect.said);
    const entered = await line.ask(clips.filter((clip) => clip !== undefined), effect);
    return entered === 'gone' ? this.#hungUp() : { kind: 'entered', digits: entered.digits, end: entered.end };
  }

  async #play({ said, bargeIn }: Extract<Effect, { do: 'play' }>): Promise<DialogueEvent | undefined> {
    const { line } = this.#parts;
    if (line.gone) return this.#hungUp();
    const clips = await this.#clips(said);
    const there = clips.filter((clip) => clip !== undefined);
    if (there.length < clips.length) return { kind: 'play-failed' };
    const played = await line.play(there, bargeIn);
    return played === 'gone' ? this.#hungUp() : { kind: 'played', playedMs: played.playedMs, interrupted: played.interrupted };
  }

  async #record({ into, maxMs, silenceMs }: Extract<Effect, { do: 'record' }>): Promise<DialogueEvent | undefined> {
    const { line, tape } = this.#parts;
    if (line.gone) return this.#hungUp();
    await tape.begin(into, line.codec);
    const recorded = await line.record({ maxMs, silenceMs }, (audio) => tape.append(audio));
    if (recorded === 'gone') return this.#hungUp();
    tape.end(recorded);
    const { durationMs, speechMs, endedBy } = recorded;
    return { kind: 'recorded', durationMs, speechMs, endedBy };
  }

  async #openDeposit(): Promise<DialogueEvent | undefined> {
    const { line, tape, speech, mailbox, observer } = this.#parts;
    if (line.gone) return this.#hungUp();
    try {
      const [{ maxMs }, greeting, name] = await Promise.all([tape.open(line.codec), speech.greeting(mailbox, 'greeting'), speech.greeting(mailbox, 'name')]);
      return { kind: 'deposit-open', hasGreeting: greeting !== undefined, hasName: name !== undefined, maxMs };
    } catch (error) {
      const why = refusalOf(error);
      if (why === 'no-storage') this.#parts.log.error({ err: error, mailbox }, 'no message can be taken');
      observer.deposit(why);
      return { kind: 'deposit-refused', why };
    }
  }

  async #keepMessage(): Promise<DialogueEvent> {
    const { tape, observer, log, mailbox } = this.#parts;
    try {
      await tape.keep();
      observer.deposit('kept');
      return { kind: 'kept' };
    } catch (error) {
      log.error({ err: error, mailbox }, 'message could not be kept');
      observer.deposit('failed');
      return { kind: 'keep-failed' };
    }
  }

  #clips(said: readonly Said[]): Promise<(Clip | undefined)[]> {
    const { speech, owner, tape, mailbox } = this.#parts;
    return speech.clips(said, { mailbox: owner.mailbox ?? mailbox, draft: tape.draft });
  }

  #hungUp(): DialogueEvent | undefined {
    return this.#toldOfHangUp ? undefined : { kind: 'hung-up' };
  }
}

function refusalOf(error: unknown): 'full' | 'no-mailbox' | 'no-storage' {
  if (!(error instanceof DomainError)) return 'no-storage';
  if (error.kind === 'not-found') return 'no-mailbox';
  return error.kind === 'exhausted' ? 'full' : 'no-storage';
}
