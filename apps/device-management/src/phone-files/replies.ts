import { plainReply, type Reply } from './reply.ts';

/** Word for word as long as the window in which MACs are counted. */
const SWEEP_RETRY_S = 600;

export const MISSING = plainReply(404, 'missing', 'no such file');
export const UNAUTHORIZED = plainReply(401, 'refused', "this file needs the device's credential", ['www-authenticate', 'Basic realm="phones"']);
export const WRONG_CREDENTIAL: Reply = { ...UNAUTHORIZED, outcome: 'wrong-credential' };
export const LIMITED = plainReply(429, 'limited', 'too many different devices from this address', ['retry-after', String(SWEEP_RETRY_S)]);
export const WRONG_METHOD = plainReply(405, 'refused', 'files can be fetched, nothing else', ['allow', 'GET, HEAD']);

/** Spread, so that those who were refused together do not come back together. */
export const busy = (random: () => number = Math.random): Reply => plainReply(503, 'busy', 'too many requests at once', ['retry-after', later(1, 10, random), 'connection', 'close']);
export const unavailable = (random: () => number = Math.random): Reply => plainReply(503, 'unavailable', 'not possible at the moment', ['retry-after', later(20, 60, random)]);

const later = (from: number, to: number, random: () => number): string => String(from + Math.floor(random() * (to - from + 1)));
