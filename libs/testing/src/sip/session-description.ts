import type { Endpoint } from './sip-socket.ts';

export type G711 = 'pcma' | 'pcmu';
export const payloadTypes: Readonly<Record<G711, number>> = { pcmu: 0, pcma: 8 };
export const DIGITS = 101;

/** Where the other side wants its audio. */
export interface RemoteAudio extends Endpoint {
  readonly payloadType: number;
  /** undefined: it takes no telephone-event */
  readonly digitPayloadType: number | undefined;
}

export interface AudioOffer {
  readonly host: string;
  /** default: one where nobody listens */
  readonly port?: number;
  readonly codecs?: readonly G711[];
  readonly direction?: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
}

/** A session description that any endpoint accepts; with a port of its own it takes and sends digits, too. */
export function audioOffer(offer: AudioOffer): string {
  const { host, port = 40_000, codecs = ['pcmu'], direction } = offer;
  const digits = offer.port === undefined ? [] : [`a=rtpmap:${DIGITS} telephone-event/8000`, `a=fmtp:${DIGITS} 0-15`];
  const types = [...codecs.map((codec) => payloadTypes[codec]), ...(digits.length > 0 ? [DIGITS] : [])];
  const maps = codecs.map((codec) => `a=rtpmap:${payloadTypes[codec]} ${codec.toUpperCase()}/8000`);
  const lines = ['v=0', `o=- 1 1 IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0', `m=audio ${port} RTP/AVP ${types.join(' ')}`, ...maps, ...digits];
  return [...lines, ...(direction ? [`a=${direction}`] : []), ''].join('\r\n');
}

/** The audio of their answer; undefined when it has none that can be reached. */
export function audioOf(description: string): RemoteAudio | undefined {
  const host = /^c=IN IP4 (\S+)/m.exec(description)?.[1];
  const media = /^m=audio (\d+) RTP\/AVP ([\d ]+)/m.exec(description);
  const port = Number(media?.[1] ?? 0);
  if (host === undefined || port === 0) return undefined;
  const digits = /^a=rtpmap:(\d+) telephone-event\/8000/im.exec(description)?.[1];
  const types = (media?.[2] ?? '').trim().split(' ').map(Number);
  const payloadType = types.find((type) => type === payloadTypes.pcma || type === payloadTypes.pcmu);
  return payloadType === undefined ? undefined : { host, port, payloadType, digitPayloadType: digits === undefined ? undefined : Number(digits) };
}
