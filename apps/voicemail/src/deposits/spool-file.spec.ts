import { describe, expect, it } from 'vitest';
import { audioFrame, endFrame, headerLine, parseSpool, type SpoolHeader } from './spool-file.ts';

const header: SpoolHeader = { id: 'd1', tenant: 'default', mailbox: '1002', fromNumber: '1001', fromName: 'Ann\n"', reason: 'busy', callId: 'c@h', codec: 'pcma', maxMs: 180_000 };
const finished = { finished: { durationMs: 40, packetsLost: 0, truncated: false } };
const one = Buffer.alloc(160, 1);
const two = Buffer.alloc(160, 2);
const whole = Buffer.concat([headerLine(header), audioFrame(one), audioFrame(two), endFrame(finished)]);

describe('a spool file', () => {
  it('gives back what was written', () => {
    const content = parseSpool(whole);
    expect(content).toMatchObject({ header, end: finished, damaged: false });
    expect(Buffer.concat(content ? [content.audio] : []).equals(Buffer.concat([one, two]))).toBe(true);
  });

  it('keeps every whole frame, wherever the process was killed', () => {
    const start = headerLine(header).length;
    const frameLength = audioFrame(one).length;
    for (let length = start; length < whole.length; length += 1) {
      const content = parseSpool(whole.subarray(0, length));
      const frames = Math.min(2, Math.floor((length - start) / frameLength));
      expect(content).toMatchObject({ end: undefined, damaged: false });
      expect(content?.audio.length).toBe(frames * 160);
    }
  });

  it('stops at the first byte that is another', () => {
    const bent = Buffer.from(whole);
    bent.writeUInt8(0xff, headerLine(header).length + audioFrame(one).length + 20);
    expect(parseSpool(bent)).toMatchObject({ damaged: true, end: undefined });
    expect(parseSpool(bent)?.audio.length).toBe(160);
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['a header without its end', Buffer.from(headerLine(header).subarray(0, 30))],
    ['another file', Buffer.from('hello\nworld')],
    ['a header that is no JSON', Buffer.from('sfs-spool-1 {{\n')],
    ['a header without a mailbox', Buffer.from('sfs-spool-1 {"id":"d1"}\n')],
    ['zeros', Buffer.alloc(4096)],
  ])('refuses %s', (_what, bytes) => {
    expect(parseSpool(bytes)).toBeUndefined();
  });
});
