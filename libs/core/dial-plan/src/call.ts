/** The question of the SIP server about one call. Unknown fields of the wire are dropped before this. */
export interface Call {
  readonly callId: string;
  /** the authenticated caller's number (internal), or what the trunk says (external) */
  readonly from: string;
  /** as dialled */
  readonly to: string;
  readonly origin: 'internal' | 'external';
  /** Diversion / History-Info targets already gone through, oldest first */
  readonly diversions: readonly string[];
  /** state of the dialled DN as the SIP server knows it; undefined = unknown, taken as ready and idle, and the trace says so */
  readonly target?: { readonly ready?: boolean | undefined; readonly busy?: boolean | undefined } | undefined;
}
