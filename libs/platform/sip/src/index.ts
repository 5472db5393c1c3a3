export { parseNameAddress, parseUri, type NameAddress } from './address.ts';
export { openSipEndpoint } from './open-sip-endpoint.ts';
export { audioAnswer, parseAudio } from './sdp.ts';
export type { CallEnd, DialogState, IncomingCall, IncomingSubscribe, OutgoingRequest, SipAddress, SipEndpoint, SipEndpointOptions, SipHandlers } from './endpoint.ts';
export type { AudioDescription } from './sdp.ts';
