import { DomainError } from '@sfs/kernel';
import type { BoxContents } from '@sfs/voicemail';
import type { Deposit, Deposits, NewDeposit, RecordingResult } from '../deposits/deposits.port.ts';
import type { Greetings, NewGreeting, RecordedGreeting } from '../greetings/greetings.port.ts';
import type { MessageMark, Messages, Recording } from '../messages/messages.port.ts';
import type { NewPin, PinAttempt, PinCheck, Pins } from '../pins/pins.port.ts';

export class FakeDeposit implements Deposit {
  readonly id: string;
  readonly maxMs = 60_000;
  readonly asked: NewDeposit;
  readonly chunks: Uint8Array[] = [];
  finished: RecordingResult | undefined;
  dropped = false;
  readonly #fails: () => Error | undefined;

  constructor(id: string, asked: NewDeposit, fails: () => Error | undefined) {
    this.id = id;
    this.asked = asked;
    this.#fails = fails;
  }

  get audio(): Uint8Array {
    return Buffer.concat(this.chunks);
  }

  append(audio: Uint8Array): void {
    this.chunks.push(audio);
  }

  finish(result: RecordingResult): Promise<void> {
    const failure = this.#fails();
    if (failure) return Promise.reject(failure);
    this.finished = result;
    return Promise.resolve();
  }

  drop(): Promise<void> {
    this.dropped ||= this.finished === undefined;
    return Promise.resolve();
  }
}

export class FakeDeposits implements Deposits {
  readonly all: FakeDeposit[] = [];
  refusal: DomainError | undefined;
  failure: Error | undefined;

  open(deposit: NewDeposit): Promise<Deposit> {
    if (this.refusal) return Promise.reject(this.refusal);
    const opened = new FakeDeposit(`message-${this.all.length + 1}`, deposit, () => this.failure);
    this.all.push(opened);
    return Promise.resolve(opened);
  }

  get kept(): FakeDeposit[] {
    return this.all.filter(({ finished }) => finished !== undefined);
  }

  /** neither kept nor dropped */
  get left(): FakeDeposit[] {
    return this.all.filter(({ finished, dropped }) => finished === undefined && !dropped);
  }
}

export class FakePins implements Pins {
  readonly attempts: PinAttempt[] = [];
  readonly changes: NewPin[] = [];
  pin = '472913';
  mustChange = false;

  check(attempt: PinAttempt): Promise<PinCheck> {
    this.attempts.push(attempt);
    if (attempt.pin !== this.pin) return Promise.resolve('wrong');
    return Promise.resolve(this.mustChange ? 'must-change' : 'right');
  }

  change(wanted: NewPin): Promise<'done'> {
    this.changes.push(wanted);
    return Promise.resolve('done');
  }
}

export class FakeMessages implements Messages {
  contents: BoxContents = { messages: [], timeZone: 'UTC', hasGreeting: true, hasName: true };
  readonly audioOf = new Map<string, Recording>();
  readonly marks: MessageMark[] = [];
  readonly countsOf = new Map<string, { readonly new: number; readonly old: number }>();
  failure: Error | undefined;

  box(): Promise<BoxContents> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.contents);
  }

  mark(mark: MessageMark): Promise<void> {
    this.marks.push(mark);
    return Promise.resolve();
  }

  audio(_tenant: string, _mailbox: string, id: string): Promise<Recording> {
    const audio = this.audioOf.get(id);
    return audio ? Promise.resolve(audio) : Promise.reject(new DomainError('unavailable', 'messages/damaged', 'The recording is damaged'));
  }

  counts(_tenant: string, mailbox: string): Promise<{ readonly new: number; readonly old: number }> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.countsOf.get(mailbox) ?? { new: 0, old: 0 });
  }
}

export class FakeGreetings implements Greetings {
  readonly all = new Map<string, RecordedGreeting>();
  readonly kept: NewGreeting[] = [];
  failure: Error | undefined;

  find(_tenant: string, mailbox: string, kind: 'greeting' | 'name'): Promise<RecordedGreeting | undefined> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.all.get(`${mailbox} ${kind}`));
  }

  keep(greeting: NewGreeting): Promise<void> {
    this.kept.push(greeting);
    return Promise.resolve();
  }
}
