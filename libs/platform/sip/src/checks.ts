import { parseNameAddress, parseUri } from './address.ts';
import { ALLOW, type ResponseParts } from './format.ts';
import { headerOf, listOf, type Request } from './message.ts';
import { MIN_SESSION_SECONDS, sessionInterval } from './session-interval.ts';

/** What is wrong with a request before anybody looks at what it wants (RFC 3261 8.2), as the answer to it. ACK is never answered. */

const KNOWN = new Set(ALLOW.split(', '));
const EXTENSIONS = new Set(['timer']);
const NEEDS_CONTACT = new Set(['INVITE', 'SUBSCRIBE']);
const CARRIES_SDP = new Set(['INVITE', 'UPDATE']);

export function refusalOf(request: Request, own: { readonly sentBy: ReadonlySet<string> }): ResponseParts | undefined {
  return methodRefusal(request) ?? routeRefusal(request, own) ?? extensionRefusal(request) ?? contactRefusal(request) ?? bodyRefusal(request) ?? sessionRefusal(request);
}

function methodRefusal({ method }: Request): ResponseParts | undefined {
  return KNOWN.has(method) ? undefined : { status: 405, headers: [`Allow: ${ALLOW}`] };
}

function routeRefusal(request: Request, { sentBy }: { readonly sentBy: ReadonlySet<string> }): ResponseParts | undefined {
  if (!/^sip:/i.test(request.uri)) return { status: 416 };
  if (!parseUri(request.uri)) return { status: 400, reason: 'Bad Request-URI' };
  const hops = headerOf(request, 'max-forwards');
  if (hops !== undefined && !/^\d{1,10}$/.test(hops)) return { status: 400, reason: 'Bad Max-Forwards' };
  if (hops !== undefined && Number(hops) === 0) return { status: 483 };
  const beenHere = listOf(request, 'via').some((via) => sentBy.has(/\s([^\s;]+)/.exec(via)?.[1]?.toLowerCase() ?? ''));
  return beenHere ? { status: 482 } : undefined;
}

function extensionRefusal(request: Request): ResponseParts | undefined {
  if (request.method === 'CANCEL') return undefined;
  const unknown = listOf(request, 'require').filter((each) => !EXTENSIONS.has(each.toLowerCase()));
  return unknown.length === 0 ? undefined : { status: 420, headers: [`Unsupported: ${unknown.join(', ')}`] };
}

function contactRefusal(request: Request): ResponseParts | undefined {
  if (!NEEDS_CONTACT.has(request.method)) return undefined;
  return contactOf(request) === undefined ? { status: 400, reason: 'Bad Contact' } : undefined;
}

/** The one sound Contact: where requests within the dialog go. */
export function contactOf(request: Request): string | undefined {
  const [contact = '', ...more] = listOf(request, 'contact');
  const uri = more.length > 0 ? undefined : parseNameAddress(contact)?.uri;
  return uri !== undefined && parseUri(uri) ? uri : undefined;
}

function bodyRefusal(request: Request): ResponseParts | undefined {
  if (request.body === '' || !CARRIES_SDP.has(request.method)) return undefined;
  const encoding = headerOf(request, 'content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') return { status: 415, headers: ['Accept-Encoding: identity'] };
  const [type = ''] = (headerOf(request, 'content-type') ?? '').split(';');
  return type.trim().toLowerCase() === 'application/sdp' ? undefined : { status: 415, headers: ['Accept: application/sdp'] };
}

function sessionRefusal(request: Request): ResponseParts | undefined {
  if (!CARRIES_SDP.has(request.method) || sessionInterval(request) !== 'too-small') return undefined;
  return { status: 422, headers: [`Min-SE: ${MIN_SESSION_SECONDS}`] };
}
