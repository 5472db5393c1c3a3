import type { Codec } from './codec.ts';
import { DigitDetector, isDigitPayload } from './digit-detector.ts';
import { JitterWindow } from './jitter-window.ts';
import type { Recorder } from './recorder.ts';
import { hasMarker, payloadEnd, payloadTypeOf, sequenceOf, ssrcOf, timestampOf } from './rtp-packet.ts';
import type { RemoteMedia } from './session.ts';

const NOTHING = new Uint8Array(0);
const NONE = -1;

/** Takes the packets of the other side: audio in order to the recorder, digits to whoever asks. */
export class Listener {
  private readonly recorder: Recorder;
  private readonly onDigit: (digit: string) => void;
  private readonly window: JitterWindow;
  private readonly digits = new DigitDetector();
  private codec: Codec = 'pcmu';
  private audioSource = NONE;
  /** most send digits in the stream of their audio, some gateways in one of their own */
  private digitSource = NONE;

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
    const type = payloadTypeOf(packet);
    if (type === remote.payloadType) return this.receiveAudio(packet, start, now);
    // digits, comfort noise and the like say nothing, but count in the same sequence
    if (ssrcOf(packet) === this.audioSource) this.window.push(sequenceOf(packet), timestampOf(packet), NOTHING, now);
    return type === remote.digitPayloadType && this.receiveDigit(packet, start, now);
  }

  tick(now: number): void {
    this.window.expire(now);
  }

  /** Nothing is waited for any more: what is recorded ends. */
  drain(now: number): void {
    this.window.drain(now);
  }

  private receiveAudio(packet: Uint8Array, start: number, now: number): boolean {
    const source = ssrcOf(packet);
    if (source !== this.audioSource) this.window.restart(now);
    this.audioSource = source;
    return this.window.push(sequenceOf(packet), timestampOf(packet), packet.subarray(start, payloadEnd(packet)), now);
  }

  private receiveDigit(packet: Uint8Array, start: number, now: number): boolean {
    if (!isDigitPayload(packet, start, payloadEnd(packet))) return false;
    const source = ssrcOf(packet);
    if (source !== this.digitSource) this.digits.restart();
    this.digitSource = source;
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
