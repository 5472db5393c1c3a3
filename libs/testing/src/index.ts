export { Arrivals, Once, eventually } from './waits.ts';
export { freePort, freePorts } from './free-port.ts';
export { startProcess, type StartedProcess } from './started-process.ts';
export { ha1 } from './sip/digest.ts';
export type { IncomingCall } from './sip/incoming-call.ts';
export type { OutgoingCall } from './sip/outgoing-call.ts';
export { formatMessage, headerOf, headersOf, parseMessage, type HeaderLine, type SipMessage, type SipRequest, type SipResponse } from './sip/sip-message.ts';
export type { Endpoint } from './sip/sip-socket.ts';
export { SipPhone, type Behaviour, type PhoneOptions } from './sip/sip-phone.ts';
