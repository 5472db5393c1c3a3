/** The answer: a small program the SIP server runs without asking again. Serialised as is on the HTTP door and over the adapter. */
export interface CallPlan {
  readonly version: 1;
  /** names plan and directory: `p12-d345` */
  readonly revision: string;
  readonly emergency: boolean;
  /** the SIP server's own rules decide this call */
  readonly useOwnPlan?: true;
  /** set when nobody is to be rung; then `steps` is empty */
  readonly reject?: { readonly code: number; readonly reason: string };
  /** step 0 first; each outcome names the step that follows. A step only ever points forward. */
  readonly steps: readonly PlanStep[];
}

export interface PlanStep {
  /** SIP URIs rung together; a URI of the switch's own domain is looked up in the registrar */
  readonly ring: readonly string[];
  /** seconds to ring before it counts as no answer */
  readonly timeout: number;
  /** what follows, by outcome; absent = the call ends with the SIP code of this step */
  readonly busy?: number;
  readonly noAnswer?: number;
  readonly unreachable?: number;
  readonly reject?: number;
  /** value of the Diversion header to add (RFC 5806), e.g. `<sip:1002@site-a>;reason=unconditional;counter=1` */
  readonly diversion?: string;
}
