import { parseDn } from '@sfs/kernel';
import { parseNameAddress, parseUri, type IncomingCall } from '@sfs/sip';

export interface Caller {
  /** '' = withheld */
  readonly number: string;
  /** '' = unknown */
  readonly name: string;
  /** who is counted against in PIN attempts: the number, or where the call comes from */
  readonly origin: string;
}

const LONGEST_NAME = 80;
const CONTROL = /[\u0000-\u001f\u007f]/g;

/** The endpoint hears trusted servers only, so what they assert holds (RFC 3325); From is for servers that assert nothing. */
export function readCaller(call: Pick<IncomingCall, 'header' | 'from' | 'source'>): Caller {
  const asserted = assertedBy(call.header('P-Asserted-Identity'));
  const origin = (asserted ?? call.from).user || call.source;
  if (isPrivate(call)) return { number: '', name: '', origin };
  const { user, displayName } = asserted ?? call.from;
  return { number: parseDn(user).ok ? user : '', name: displayName.replace(CONTROL, '').slice(0, LONGEST_NAME), origin };
}

function assertedBy(value: string | undefined): { readonly user: string; readonly displayName: string } | undefined {
  // a second one is a tel: URI of the same caller
  const named = value === undefined ? undefined : parseNameAddress(value.slice(0, value.indexOf('>') + 1 || undefined));
  const address = named === undefined ? undefined : parseUri(named.uri, named.displayName);
  return address === undefined || address.user === '' ? undefined : address;
}

/** RFC 3323, and the form of before: From is anonymous although an identity is asserted. */
function isPrivate(call: Pick<IncomingCall, 'header' | 'from'>): boolean {
  const { from } = call;
  const wishes = (call.header('Privacy') ?? '').toLowerCase().split(';').map((wish) => wish.trim());
  return wishes.includes('id') || wishes.includes('user') || from.user === 'anonymous' || from.host === 'anonymous.invalid';
}
