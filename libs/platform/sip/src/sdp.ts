import { isIPv4 } from 'node:net';
import { fail, ok, type Result } from '@sfs/kernel';

/** The one audio stream of an offer or answer that we can speak (RFC 3264, RFC 4566). */
export interface AudioDescription {
  readonly address: string;
  readonly port: number;
  readonly codec: 'pcmu' | 'pcma';
  readonly payloadType: number;
  readonly digitPayloadType: number | undefined;
  /** as they said it; the older way to hold (c=0.0.0.0) is told as sendonly or inactive */
  readonly direction: Direction;
  /** every m= line of the offer, to refuse the others with port 0 in the answer */
  readonly mediaLines: readonly string[];
  /** which of mediaLines is ours */
  readonly at: number;
}

type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
type Codec = AudioDescription['codec'];

export interface SdpFailure {
  readonly code: 'sdp/too-large' | 'sdp/malformed' | 'sdp/no-audio' | 'sdp/ipv6' | 'sdp/bad-address' | 'sdp/no-common-codec';
  readonly message: string;
}

const MAX_BYTES = 8 * 1024;
const MAX_LINES = 400;
const MAX_STREAMS = 16;
const CODECS: readonly Codec[] = ['pcma', 'pcmu'];
const STATIC_TYPES: Readonly<Record<Codec, number>> = { pcmu: 0, pcma: 8 };
const OUR_DIGITS = 101;
const DIRECTIONS: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

interface MediaLine {
  readonly text: string;
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly number[];
}
interface Section {
  readonly media: MediaLine;
  readonly lines: readonly string[];
}

/** What an offer, or an answer to ours, says about audio. The caller answers a failure with 488. */
export function parseAudio(sdp: string): Result<AudioDescription, SdpFailure> {
  if (Buffer.byteLength(sdp) > MAX_BYTES) return failure('sdp/too-large', `more than ${MAX_BYTES} bytes`);
  const lines = sdp.split(/\r\n|\n|\r/).filter((line) => line !== '');
  if (lines.length > MAX_LINES) return failure('sdp/too-large', `more than ${MAX_LINES} lines`);
  if (lines[0] !== 'v=0' || lines.some((line) => !/^[a-z]=/.test(line))) return failure('sdp/malformed', 'not a session description');
  const first = lines.findIndex((line) => line.startsWith('m='));
  const session = first < 0 ? lines : lines.slice(0, first);
  const sections = sectionsOf(first < 0 ? [] : lines.slice(first));
  if (sections === undefined) return failure('sdp/malformed', 'broken m= line');
  if (sections.length > MAX_STREAMS) return failure('sdp/too-large', `more than ${MAX_STREAMS} streams`);
  const at = sections.findIndex(({ media }) => media.kind === 'audio' && media.port > 0 && media.protocol === 'RTP/AVP');
  const section = sections[at];
  if (!section) return failure('sdp/no-audio', 'no audio over RTP/AVP');
  return describe(section, session, sections.map(({ media }) => media.text), at);
}

function failure(code: SdpFailure['code'], message: string): Result<never, SdpFailure> {
  return fail({ code, message });
}

function sectionsOf(lines: readonly string[]): Section[] | undefined {
  const sections: { media: MediaLine; lines: string[] }[] = [];
  for (const line of lines) {
    if (!line.startsWith('m=')) {
      sections.at(-1)?.lines.push(line);
      continue;
    }
    const media = mediaLine(line);
    if (!media) return undefined;
    sections.push({ media, lines: [] });
  }
  return sections;
}

function mediaLine(text: string): MediaLine | undefined {
  const parts = /^m=([A-Za-z0-9-]+) (\d{1,5})(?:\/\d{1,3})? ([A-Za-z0-9/-]+) (\S.*)$/.exec(text);
  const port = Number(parts?.[2]);
  if (!parts || port > 65_535) return undefined;
  const formats = (parts[4] ?? '').trim().split(/ +/).map((each) => (/^\d{1,3}$/.test(each) ? Number(each) : -1));
  return { text, kind: parts[1] ?? '', port, protocol: parts[3] ?? '', formats };
}

function describe(section: Section, session: readonly string[], mediaLines: readonly string[], at: number): Result<AudioDescription, SdpFailure> {
  const address = addressOf(section.lines) ?? addressOf(session);
  if (address === undefined) return failure('sdp/malformed', 'no connection address');
  if (address.startsWith('IP6 ')) return failure('sdp/ipv6', 'IPv6 media is not served');
  const host = address.slice(4).split('/')[0] ?? '';
  if (!address.startsWith('IP4 ') || !isIPv4(host) || /^(?:22[4-9]|23\d|255)\./.test(host)) return failure('sdp/bad-address', `no unicast IPv4 address: ${host.slice(0, 60)}`);
  const names = namesOf(section);
  const speech = section.media.formats.find((type) => codecOf(names.get(type)) !== undefined);
  const codec = speech === undefined ? undefined : codecOf(names.get(speech));
  if (speech === undefined || codec === undefined) return failure('sdp/no-common-codec', 'neither PCMU nor PCMA');
  const digits = section.media.formats.find((type) => names.get(type) === 'telephone-event/8000');
  const said = directionOf(section.lines) ?? directionOf(session) ?? 'sendrecv';
  const direction = host === '0.0.0.0' ? held(said) : said;
  return ok({ address: host, port: section.media.port, codec, payloadType: speech, digitPayloadType: digits, direction, mediaLines, at });
}

function addressOf(lines: readonly string[]): string | undefined {
  return lines.find((line) => line.startsWith('c=IN '))?.slice(5).trim();
}

/** What each payload type stands for; 0 and 8 need no rtpmap. */
function namesOf({ lines }: Section): Map<number, string> {
  const names = new Map([[0, 'pcmu/8000'], [8, 'pcma/8000']]);
  for (const line of lines) {
    const map = /^a=rtpmap:(\d{1,3}) ([A-Za-z0-9-]+\/\d{1,6})(?:\/1)?\s*$/.exec(line);
    if (map) names.set(Number(map[1]), (map[2] ?? '').toLowerCase());
  }
  return names;
}

function codecOf(name: string | undefined): Codec | undefined {
  return CODECS.find((codec) => name === `${codec}/8000`);
}

function directionOf(lines: readonly string[]): Direction | undefined {
  return DIRECTIONS.find((direction) => lines.includes(`a=${direction}`));
}

/** c=0.0.0.0: send me nothing (RFC 3264 8.4) */
function held(direction: Direction): Direction {
  return direction === 'sendrecv' || direction === 'sendonly' ? 'sendonly' : 'inactive';
}

export interface AudioAnswerParts {
  /** absent: the offer is ours */
  readonly offer?: AudioDescription | undefined;
  /** where we receive, IPv4 */
  readonly host: string;
  readonly port: number;
  /** digits; the same for all answers of a call */
  readonly sessionId: string | number;
  /** one more for each answer of a call that differs (RFC 3264 8) */
  readonly version?: number;
  /** what we should like; the answer never goes beyond what the offer allows */
  readonly direction: Direction;
}

export function audioAnswer(parts: AudioAnswerParts): string {
  const { offer, host, port, sessionId, version = 1, direction } = parts;
  const head = ['v=0', `o=- ${sessionId} ${version} IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0'];
  if (!offer) return text([...head, ...audio(port, CODECS.map((codec) => [STATIC_TYPES[codec], codec] as const), OUR_DIGITS, direction)]);
  const ours = audio(port, [[offer.payloadType, offer.codec]], offer.digitPayloadType, both(direction, mirrored(offer.direction)));
  return text([...head, ...offer.mediaLines.flatMap((line, index) => (index === offer.at ? ours : [refused(line)]))]);
}

function text(lines: readonly string[]): string {
  return [...lines, ''].join('\r\n');
}

function audio(port: number, codecs: readonly (readonly [number, Codec])[], digits: number | undefined, direction: Direction): string[] {
  const types = [...codecs.map(([type]) => type), ...(digits === undefined ? [] : [digits])];
  return [
    `m=audio ${port} RTP/AVP ${types.join(' ')}`,
    ...codecs.map(([type, codec]) => `a=rtpmap:${type} ${codec.toUpperCase()}/8000`),
    ...(digits === undefined ? [] : [`a=rtpmap:${digits} telephone-event/8000`, `a=fmtp:${digits} 0-15`]),
    'a=ptime:20',
    `a=${direction}`,
  ];
}

function refused(line: string): string {
  return line.replace(/^(m=\S+) \S+/, '$1 0');
}

function mirrored(direction: Direction): Direction {
  if (direction === 'sendonly') return 'recvonly';
  return direction === 'recvonly' ? 'sendonly' : direction;
}

function both(left: Direction, right: Direction): Direction {
  const sends = left.startsWith('send') && right.startsWith('send');
  const receives = hears(left) && hears(right);
  if (sends) return receives ? 'sendrecv' : 'sendonly';
  return receives ? 'recvonly' : 'inactive';
}

function hears(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}
