import type { CompiledTrunk } from './compiled-plan.ts';

/** `#` is the one character of a number that RFC 3261 (25.1, user) wants escaped. */
const userPart = (number: string): string => (number.includes('#') ? number.replaceAll('#', '%23') : number);

export const sipUri = (number: string, domain: string): string => `sip:${userPart(number)}@${domain}`;

export const trunkUri = (trunk: CompiledTrunk, number: string): string => `${trunk.scheme}${userPart(number)}@${trunk.hostPart}`;

export type DiversionReason = 'unconditional' | 'user-busy' | 'no-answer' | 'unavailable';

/** RFC 5806; `counter` counts the forwards of this call that have no header of their own. */
export const diversionHeader = (uri: string, reason: DiversionReason, counter: number): string => `<${uri}>;reason=${reason};counter=${counter}`;
