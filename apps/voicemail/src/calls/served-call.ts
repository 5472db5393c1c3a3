import { DomainError } from '@sfs/kernel';
import type { Clip, Media, MediaSession, PacketCounts } from '@sfs/media';
import { parseAudio, type AudioDescription, type IncomingCall } from '@sfs/sip';
import type { Logger } from 'pino';
import type { CallMetrics } from './call.metrics.ts';
import type { Clock } from '@sfs/service-host';
import { Line } from './line.ts';
import { Negotiation } from './negotiation.ts';

/** What happens between answer and hang-up. */
export interface Conversation {
  /** Resolves when there is nothing more to say; the caller may have gone long before. */
  run(): Promise<void>;
  /** our side ends the call in the middle of it */
  cutShort(): void;
  /** for the log: what it was about */
  about(): Readonly<Record<string, unknown>>;
}

export interface ServedCallParts {
  readonly call: IncomingCall;
  readonly kind: 'deposit' | 'access';
  readonly media: Pick<Media, 'open'>;
  readonly clock: Clock;
  readonly metrics: Pick<CallMetrics, 'ended' | 'refused'>;
  readonly log: Logger;
  converse(line: Line, hangUp: () => void): Conversation;
}

type OwnEnd = 'finished' | 'lost' | 'limit' | 'stopping' | 'failed';

/** Nobody listens or speaks for longer; what still runs then has been forgotten by its caller. */
export const LONGEST_CALL_MS = 3_600_000;
const SORRY: readonly Clip[] = [{ prompt: 'unavailable' }];
const BUSY_SECONDS = 5;

/** One call, from its INVITE until nothing of it is left. */
export class ServedCall {
  readonly #parts: ServedCallParts;
  readonly #began: number;
  #over = false;
  #end: string | undefined;
  #line: Line | undefined;
  #conversation: Conversation | undefined;

  constructor(parts: ServedCallParts) {
    this.#parts = parts;
    this.#began = parts.clock.now();
    parts.call.onEnd = (end) => {
      this.#over = true;
      this.#end ??= end;
      this.#line?.hangUp();
    };
  }

  /** Resolves when all is closed and kept. */
  async serve(): Promise<void> {
    const { call, media } = this.#parts;
    const offer = call.offer === undefined ? undefined : parseAudio(call.offer);
    if (offer && !offer.ok) return this.#refuse(488, 'Not Acceptable Here', offer.error.message);
    let session: MediaSession;
    try {
      session = await media.open();
    } catch (error) {
      return this.#refuse(503, 'No Audio Left', error instanceof DomainError ? error.code : String(error), [`Retry-After: ${BUSY_SECONDS}`]);
    }
    try {
      if (!this.#over) await this.#answer(session, offer?.value);
    } finally {
      const packets = await session.close();
      if (this.#line) this.#report(this.#line, packets);
    }
  }

  /** The service stops: a message that is being spoken becomes one that is marked truncated. */
  stop(): void {
    this.#conversation?.cutShort();
    this.#hangUp('stopping');
  }

  async #answer(session: MediaSession, offer: AudioDescription | undefined): Promise<void> {
    const { call, clock } = this.#parts;
    const line = new Line(session, offer?.codec ?? 'pcmu', clock);
    const negotiation = new Negotiation(session, (codec) => {
      line.codec = codec;
    });
    call.onReoffer = (sdp) => negotiation.renew(sdp);
    if (offer) negotiation.connect(offer);
    this.#line = line;
    const answer = await call.accept(negotiation.describe(offer)).catch(() => 'gone' as const);
    if (answer === 'gone' || this.#over) return;
    const theirs = offer || answer === undefined ? undefined : parseAudio(answer);
    if (theirs?.ok) negotiation.connect(theirs.value);
    if (!offer && !theirs?.ok) return this.#hangUp('failed');
    await this.#converse(line);
  }

  async #converse(line: Line): Promise<void> {
    const { call, clock, converse, log } = this.#parts;
    line.onLost = () => this.#hangUp('lost');
    const cancel = clock.after(LONGEST_CALL_MS, () => this.#hangUp('limit'));
    try {
      this.#conversation = converse(line, () => this.#hangUp('finished'));
      await this.#conversation.run();
      this.#hangUp('finished');
    } catch (error) {
      log.error({ err: error, callId: call.callId, code: error instanceof DomainError ? error.code : undefined }, 'call failed');
      await line.play(SORRY, false);
      this.#hangUp('failed');
    } finally {
      cancel();
    }
  }

  #hangUp(why: OwnEnd): void {
    if (this.#over) return;
    this.#end ??= why;
    this.#parts.call.hangUp();
  }

  #refuse(status: number, reason: string, why: string, headers?: readonly string[]): void {
    const { call, metrics, log } = this.#parts;
    if (this.#over) return;
    metrics.refused(status);
    log.info({ callId: call.callId, status, why }, 'call refused');
    call.reject(status, reason, headers);
  }

  #report(line: Line, packets: PacketCounts): void {
    const { call, kind, clock, metrics, log } = this.#parts;
    const end = this.#end ?? 'finished';
    metrics.ended({ kind, end, digits: line.digits, packetsLost: line.packetsLost });
    const durationMs = Math.round(clock.now() - this.#began);
    log.info({ callId: call.callId, kind, end, durationMs, packetsLost: line.packetsLost, packets, ...this.#conversation?.about() }, 'call ended');
  }
}
