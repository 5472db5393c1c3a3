/** What an administrator writes, per switch. Compiled once per change (`compilePlan`), never per call. */
export interface PlanSource {
  readonly tenant: string;
  readonly switchId: string;
  /** SIP domain and digest realm of the switch; our own users are `sip:NUMBER@sipDomain` */
  readonly sipDomain: string;
  readonly partitions: readonly Partition[];
  readonly callingProfiles: readonly CallingProfile[];
  readonly settings: SwitchSettings;
}

export interface Partition {
  readonly id: string;
  readonly name: string;
  /** an inactive partition is taken out before comparison, and the trace says so */
  readonly active: boolean;
  readonly patterns: readonly string[];
  readonly action: PartitionAction;
}

export type PartitionAction =
  /** to the DN that was dialled */
  | { readonly kind: 'extension' }
  /** to a trunk, in order: the next one when one cannot be reached */
  | { readonly kind: 'trunk'; readonly trunks: readonly string[]; readonly stripDigits: number; readonly prefix: string }
  | { readonly kind: 'block'; readonly code: number; readonly reason: string };

export interface CallingProfile {
  readonly id: string;
  readonly name: string;
  readonly partitionIds: readonly string[];
}

export interface SwitchSettings {
  /** false: the SIP server's own rules decide; we answer `useOwnPlan` (emergency numbers are still decided here) */
  readonly active: boolean;
  /** for users without a profile of their own; '' = none, such a user may dial emergency numbers only */
  readonly defaultProfileId: string;
  /** for calls that come in from a trunk */
  readonly inboundProfileId: string;
  readonly emergency: EmergencySet;
  /** name -> SIP URI, e.g. pstn -> sip:192.0.2.1:5060 */
  readonly trunks: readonly { readonly name: string; readonly uri: string }[];
  /** 1-20; a call that would be forwarded more often is refused with 483 */
  readonly maxForwards: number;
  readonly voicemail: VoicemailSettings;
}

export interface VoicemailSettings {
  /** SIP URIs of the voicemail service, tried in order; none = no voicemail on this switch */
  readonly targets: readonly string[];
  /** dialled to hear one's messages; '' = none */
  readonly accessNumber: string;
}

export interface EmergencySet {
  /** dialled exactly; literals only */
  readonly numbers: readonly string[];
  /** a name in `trunks`; '' only while `numbers` is empty */
  readonly trunk: string;
}
