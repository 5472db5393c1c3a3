import { parseNameAddress, parseUri } from './address.ts';
import { contactOf } from './checks.ts';
import type { DialogState } from './endpoint.ts';
import { listOf, type Request } from './message.ts';
import type { Place, TransportKind } from './transport.ts';

/** Our side of a dialog that a request has begun (RFC 3261 12.1.1). */
export function dialogBegunBy(request: Request, localTag: string): DialogState {
  return {
    callId: request.callId,
    localTag,
    remoteTag: request.from.params.get('tag') ?? '',
    localUri: request.to.uri,
    remoteUri: request.from.uri,
    remoteTarget: contactOf(request) ?? request.from.uri,
    routes: [...listOf(request, 'record-route')],
    localSeq: 1,
  };
}

/** What makes two requests belong to one dialog. */
export function dialogKey(parts: { readonly callId: string; readonly localTag: string; readonly remoteTag: string }): string {
  return `${parts.callId} ${parts.localTag} ${parts.remoteTag}`;
}

export interface Target {
  readonly uri: string;
  readonly routes: readonly string[];
  readonly place: Place;
  readonly transport: TransportKind;
}

/** RFC 3261 12.2.1.1: along the routes; a first one without `lr` takes the place of the Request-URI. Undefined when it leads nowhere. */
export function targetOf(dialog: DialogState): Target | undefined {
  const [first, ...rest] = dialog.routes;
  if (first === undefined) return towards(dialog.remoteTarget, dialog.remoteTarget, []);
  const uri = parseNameAddress(first)?.uri ?? '';
  const loose = parseUri(uri)?.params.has('lr') ?? false;
  return loose ? towards(uri, dialog.remoteTarget, dialog.routes) : towards(uri, uri, [...rest, `<${dialog.remoteTarget}>`]);
}

function towards(hop: string, uri: string, routes: readonly string[]): Target | undefined {
  const parsed = parseUri(hop);
  if (!parsed) return undefined;
  const place = { host: parsed.host.replace(/^\[|\]$/g, ''), port: parsed.port ?? 5060 };
  return { uri, routes, place, transport: parsed.params.get('transport')?.toLowerCase() === 'tcp' ? 'tcp' : 'udp' };
}

export function tagged(uri: string, tag: string): string {
  return tag === '' ? `<${uri}>` : `<${uri}>;tag=${tag}`;
}
