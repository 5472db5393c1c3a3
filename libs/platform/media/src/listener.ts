import type { Codec } from './codec.ts';
import { DigitDetector, isDigitPayload } from './digit-detector.ts';
import { JitterWindow } from './jitter-window.ts';
import type { Recorder } from './recorder.ts';
import { hasMarker, payloadEnd, payloadTypeOf, sequenceOf, ssrcOf, timestampOf } from './rtp-packet.ts';
import type { RemoteMedia } from './session.ts';

const NOTHING = new Uint8Array(0);

/** Takes the packets of the other side: audio in order to the recorder, digits to whoever asks. */
export class Listener {
  private readonly recorder: Recorder;
  private readonly onDigit: (digit: string) => void;
  private readonly window: JitterWindow;
  private readonly digits = new DigitDetector();
  private codec: Codec = 'pcmu';
  private ssrc = -1;

  constructor(recorder: Recorder, onDigit: (digit: string) => void) {
    this.recorder = recorder;
    this.onDigit = onDigit;
    this.window = new JitterWindow({
      audio: (payload, now) => recorder.audio(payload, this.codec, now),
      lost: (packets, samples, now) => recorder.lost(packets, samples, now),
      pause: (samples, now) => recorder.pause(samples, now),
      restarted: () => this.digits.restart(),
    });
  }

  /** A stream in another law, or from another place. */
  expect(codec: Codec, now: number): void {
    this.window.drain(now);
    this.codec = codec;
  }

  /** Whether the packet is of a kind that was agreed on. */
  knows(packet: Uint8Array, { payloadType, digitPayloadType }: RemoteMedia): boolean {
    const type = payloadTypeOf(packet);
    return type === payloadType || type === digitPayloadType;
  }

  /** False: dropped. */
  receive(packet: Uint8Array, start: number, remote: RemoteMedia, now: number): boolean {
    if (!this.knows(packet, remote)) {
      // comfort noise and the like: counts in the same sequence, says nothing
      if (ssrcOf(packet) === this.ssrc) this.window.push(sequenceOf(packet), timestampOf(packet), NOTHING, now);
      return false;
    }
    if (ssrcOf(packet) !== this.ssrc) {
      this.ssrc = ssrcOf(packet);
      this.window.restart(now);
    }
    const end = payloadEnd(packet);
    if (payloadTypeOf(packet) === remote.payloadType) return this.window.push(sequenceOf(packet), timestampOf(packet), packet.subarray(start, end), now);
    return this.receiveDigit(packet, start, end, now);
  }

  tick(now: number): void {
    this.window.expire(now);
  }

  /** Nothing is waited for any more: what is recorded ends. */
  drain(now: number): void {
    this.window.drain(now);
  }

  private receiveDigit(packet: Uint8Array, start: number, end: number, now: number): boolean {
    this.window.push(sequenceOf(packet), timestampOf(packet), NOTHING, now);
    if (!isDigitPayload(packet, start, end)) return false;
    const refused = this.digits.refused;
    const digit = this.digits.receive(packet, start, timestampOf(packet), hasMarker(packet), now);
    if (digit !== undefined) {
      if (this.recorder.recording) this.window.drain(now);
      this.recorder.end('digit');
      this.onDigit(digit);
    }
    return this.digits.refused === refused;
  }
}
