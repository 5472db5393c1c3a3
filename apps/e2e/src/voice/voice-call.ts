import { setTimeout as delay } from 'node:timers/promises';
import { RtpPeer, eventually, readCodeWords, type G711, type OutgoingCall, type SipPhone } from '@sfs/testing';
import { FRAME, endOfTone, heardMs } from './hearing.ts';
import { openingOf } from './prompts.ts';

const PAUSE_MS = 100;
const BREATH_MS = 200;

export interface VoiceCallOptions {
  readonly codec?: G711;
  /** until it is answered; phones that ring first take their time */
  readonly limitMs?: number;
}

export interface Heard {
  /** before the tone */
  readonly heardMs: number;
}

/** A call with a person at this end: speaks, listens, presses keys. */
export class VoiceCall {
  readonly #call: OutgoingCall;
  readonly #audio: RtpPeer;
  readonly #codec: G711;
  /** what lies before has been listened to */
  #at = 0;
  #length = 0;
  #lengthSince = 0;

  private constructor(call: OutgoingCall, audio: RtpPeer, codec: G711) {
    this.#call = call;
    this.#audio = audio;
    this.#codec = codec;
  }

  /** Resolves when it is answered. */
  static async place(phone: SipPhone, number: string, { codec = 'pcmu', limitMs = 20_000 }: VoiceCallOptions = {}): Promise<VoiceCall> {
    const audio = await RtpPeer.open();
    const call = phone.call(number, { audio, codecs: [codec] });
    try {
      await call.answered(limitMs);
    } catch (error) {
      await audio.close();
      throw error;
    }
    return new VoiceCall(call, audio, codec);
  }

  get callId(): string {
    return this.#call.callId;
  }

  /** Everything heard and not yet listened to. */
  get heard(): Uint8Array {
    return this.#audio.heard().subarray(this.#at);
  }

  /** Listens to the end of a tone and takes a breath: what comes next is recorded. */
  async untilTone({ limitMs = 30_000, breathMs = BREATH_MS } = {}): Promise<Heard> {
    const end = await eventually('a tone', () => endOfTone(this.#soFar(), this.#codec), limitMs);
    await delay(breathMs);
    const heard = { heardMs: heardMs(this.heard.subarray(0, end), this.#codec) };
    this.#at += Math.min(end, this.heard.length);
    return heard;
  }

  /** Listens to the beginning of this prompt, as it is committed: what comes next is the rest of it. */
  async untilPrompt(name: string, limitMs?: number): Promise<void> {
    await this.untilOneOf([name], limitMs);
  }

  /** Listens until one of these prompts begins, and says which. In mu-law only: prompts are kept so. */
  async untilOneOf(names: readonly string[], limitMs = 20_000): Promise<string> {
    const wanted = names.map((name) => ({ name, opening: openingOf(name) }));
    const { name, end } = await eventually(`one of the prompts ${names.join(', ')}`, () => firstOf(this.heard, wanted), limitMs);
    this.#at += end;
    return name;
  }

  /** Listens until so many code words have come, and answers all that was heard. */
  async untilCodeWords(count: number, limitMs = 20_000): Promise<Uint8Array> {
    const heard = await eventually(`${count} code words`, () => (readCodeWords(this.heard).numbers.length >= count ? this.heard : undefined), limitMs);
    this.#at += heard.length;
    return heard;
  }

  /** Listens for so long and answers what there was to hear. */
  async listen(ms: number): Promise<Uint8Array> {
    await delay(ms);
    const heard = this.heard;
    this.#at += heard.length;
    return heard;
  }

  /** Resolves when the last frame has gone; 20 ms each. */
  say(frames: readonly Uint8Array[]): Promise<void> {
    return this.#audio.send(frames);
  }

  /** RFC 4733. */
  dial(keys: string): Promise<void> {
    return this.#audio.dial(keys);
  }

  /** All keys within some milliseconds, as no finger can. */
  dialAtOnce(keys: string): Promise<void> {
    return this.#audio.dial(keys, { toneMs: 20, pauseMs: 0 });
  }

  /** Whether a tone has come since the last thing that was listened to. */
  get hasTone(): boolean {
    return endOfTone(this.#soFar(), this.#codec) !== undefined;
  }

  /** This end is gone; nobody is told. */
  drop(): Promise<void> {
    return this.#audio.close();
  }

  async hangUp(): Promise<void> {
    try {
      await this.#call.hangUp();
    } finally {
      await this.#audio.close();
    }
  }

  /** The other side hangs up. */
  async hungUp(limitMs?: number): Promise<void> {
    try {
      await this.#call.hungUp.within(limitMs);
    } finally {
      await this.#audio.close();
    }
  }

  /** When nothing more comes there is silence: who records need not send. */
  #soFar(): Uint8Array {
    const now = performance.now();
    if (this.heard.length !== this.#length) {
      this.#length = this.heard.length;
      this.#lengthSince = now;
    }
    if (now - this.#lengthSince < PAUSE_MS) return this.heard;
    return Buffer.concat([this.heard, new Uint8Array(FRAME).fill(this.#codec === 'pcmu' ? 0xff : 0xd5)]);
  }
}

function firstOf(heard: Uint8Array, wanted: readonly { name: string; opening: Uint8Array }[]): { name: string; end: number } | undefined {
  const bytes = Buffer.from(heard.buffer, heard.byteOffset, heard.byteLength);
  const found = wanted.map(({ name, opening }) => ({ name, start: bytes.indexOf(opening), end: bytes.indexOf(opening) + opening.length }));
  return found.filter(({ start }) => start >= 0).sort((one, other) => one.start - other.start)[0];
}
