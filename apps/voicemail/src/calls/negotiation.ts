import { randomInt } from 'node:crypto';
import type { Codec, MediaSession } from '@sfs/media';
import { audioAnswer, parseAudio, type AudioDescription } from '@sfs/sip';

/** Both sides' words about the audio of one call, from the first offer to the last re-INVITE. */
export class Negotiation {
  readonly #session: MediaSession;
  readonly #onCodec: (codec: Codec) => void;
  readonly #sessionId = randomInt(1, 2 ** 31);
  #version = 0;

  constructor(session: MediaSession, onCodec: (codec: Codec) => void) {
    this.#session = session;
    this.#onCodec = onCodec;
  }

  /** Audio flows from here on. */
  connect({ address, port, codec, payloadType, digitPayloadType, direction }: AudioDescription): void {
    this.#session.connect({ address, port, codec, payloadType, digitPayloadType, direction });
    this.#onCodec(codec);
  }

  /** Our answer, or without their offer our offer. */
  describe(offer?: AudioDescription): string {
    const { host, port } = this.#session;
    this.#version += 1;
    return audioAnswer({ offer, host, port, sessionId: this.#sessionId, version: this.#version, direction: 'sendrecv' });
  }

  /** Hold, resume, another place or law; also the answer to an offer that we made. Undefined: not acceptable, all stays as it is. */
  renew(sdp: string | undefined): string | undefined {
    if (sdp === undefined) return this.describe();
    const audio = parseAudio(sdp);
    if (!audio.ok) return undefined;
    this.connect(audio.value);
    return this.describe(audio.value);
  }
}
