import { crc32 } from 'node:zlib';
import type { NewDeposit, RecordingResult } from './deposits.port.ts';

/** First line of a spool file. */
export interface SpoolHeader extends NewDeposit {
  readonly id: string;
  /** longest message of the mailbox: what is older than that is no longer spoken */
  readonly maxMs: number;
}

/** How the deposit ended, when the process lived to write it. */
export type SpoolEnd = { readonly finished: RecordingResult } | { readonly dropped: true };

export interface SpoolContent {
  readonly header: SpoolHeader;
  readonly audio: Uint8Array;
  /** undefined: the process was killed before */
  readonly end: SpoolEnd | undefined;
  /** bytes in the middle that are not what was written; `audio` is what stands before them */
  readonly damaged: boolean;
}

const FORMAT = 'sfs-spool-1';
const AUDIO = 0x41;
const END = 0x45;
/** type, length, CRC-32 */
const FRAME_HEAD = 9;
const LONGEST_FRAME = 1 << 20;
const LONGEST_HEADER = 8_192;

export function headerLine(header: SpoolHeader): Uint8Array {
  return Buffer.from(`${FORMAT} ${JSON.stringify(header)}\n`);
}

export function audioFrame(audio: Uint8Array): Uint8Array {
  return frame(AUDIO, audio);
}

export function endFrame(end: SpoolEnd): Uint8Array {
  return frame(END, Buffer.from(JSON.stringify(end)));
}

/** undefined: not one of our files, or its first line is damaged. A torn last frame is what a killed process leaves and no damage. */
export function parseSpool(bytes: Buffer): SpoolContent | undefined {
  const newline = bytes.subarray(0, LONGEST_HEADER).indexOf(0x0a);
  const header = newline < 0 ? undefined : parseHeader(bytes.toString('utf8', 0, newline));
  if (header === undefined) return undefined;
  const pieces: Uint8Array[] = [];
  let at = newline + 1;
  while (at + FRAME_HEAD <= bytes.length) {
    const type = bytes.readUInt8(at);
    const length = bytes.readUInt32BE(at + 1);
    const isFrame = (type === AUDIO || type === END) && length <= LONGEST_FRAME;
    if (isFrame && at + FRAME_HEAD + length > bytes.length) break;
    const payload = bytes.subarray(at + FRAME_HEAD, at + FRAME_HEAD + length);
    if (!isFrame || crc32(payload) !== bytes.readUInt32BE(at + 5)) return { header, audio: Buffer.concat(pieces), end: undefined, damaged: true };
    if (type === END) return { header, audio: Buffer.concat(pieces), end: JSON.parse(payload.toString('utf8')) as SpoolEnd, damaged: false };
    pieces.push(payload);
    at += FRAME_HEAD + length;
  }
  return { header, audio: Buffer.concat(pieces), end: undefined, damaged: false };
}

function frame(type: number, payload: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(FRAME_HEAD + payload.length);
  bytes.writeUInt8(type, 0);
  bytes.writeUInt32BE(payload.length, 1);
  bytes.writeUInt32BE(crc32(payload), 5);
  bytes.set(payload, FRAME_HEAD);
  return bytes;
}

function parseHeader(line: string): SpoolHeader | undefined {
  if (!line.startsWith(`${FORMAT} `)) return undefined;
  try {
    const header: unknown = JSON.parse(line.slice(FORMAT.length + 1));
    return isHeader(header) ? header : undefined;
  } catch {
    return undefined;
  }
}

const TEXTS = ['id', 'tenant', 'mailbox', 'fromNumber', 'fromName', 'reason', 'callId', 'codec'];

function isHeader(value: unknown): value is SpoolHeader {
  return typeof value === 'object' && value !== null && TEXTS.every((name) => typeof (value as Record<string, unknown>)[name] === 'string') && 'maxMs' in value && typeof value.maxMs === 'number';
}
