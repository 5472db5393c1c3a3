/** Larger frames are no questions: the peer is not a proxy of ours. */
const MAX_FRAME_BYTES = 65_536;
const MAX_LENGTH_DIGITS = 5;
const COLON = 58;
const COMMA = 44;

export class FrameError extends Error {}

/** One JSON text as a netstring, to be written with a single write (evapi 5.6.3 drops a frame whose length digits it gets in two reads). */
export function frame(json: string): string {
  return `${Buffer.byteLength(json)}:${json},`;
}

/** Collects reads and yields whole frames, however TCP cut them, also inside the length digits. Throws FrameError when the stream is no netstring. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);

  read(chunk: Buffer): string[] {
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const frames: string[] = [];
    for (;;) {
      const head = this.head(bytes);
      if (!head || bytes.length < head.start + head.length + 1) break;
      const end = head.start + head.length;
      if (bytes[end] !== COMMA) throw new FrameError('a frame does not end with a comma');
      frames.push(bytes.toString('utf8', head.start, end));
      bytes = bytes.subarray(end + 1);
    }
    this.rest = bytes;
    return frames;
  }

  private head(bytes: Buffer): { start: number; length: number } | undefined {
    const colon = bytes.indexOf(COLON);
    const digits = bytes.toString('latin1', 0, colon < 0 ? Math.min(bytes.length, MAX_LENGTH_DIGITS + 1) : colon);
    if (digits === '' && colon < 0) return undefined;
    if (!/^[0-9]{1,5}$/.test(digits)) throw new FrameError('a frame does not begin with its length');
    if (colon < 0) return undefined;
    const length = Number(digits);
    if (length > MAX_FRAME_BYTES) throw new FrameError(`a frame is longer than ${MAX_FRAME_BYTES} bytes`);
    return { start: colon + 1, length };
  }
}
