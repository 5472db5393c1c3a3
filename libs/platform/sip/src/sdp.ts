/** The one audio stream of an offer or answer that we can speak (RFC 3264, RFC 4566). */
export interface AudioDescription {
  readonly address: string;
  readonly port: number;
  readonly codec: 'pcmu' | 'pcma';
  readonly payloadType: number;
  readonly digitPayloadType: number | undefined;
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  /** every m= line of the offer, to refuse the others with port 0 in the answer */
  readonly mediaLines: readonly string[];
  /** which of mediaLines is ours */
  readonly at: number;
}
