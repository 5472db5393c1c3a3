import { addressOf } from './address.ts';
import { dialogBegunBy } from './dialog.ts';
import type { DialogState, IncomingSubscribe } from './endpoint.ts';
import { newToken, type ResponseParts } from './format.ts';
import { headerOf, utf8, type Request } from './message.ts';

const DEFAULT_SECONDS = 3600;

/** A SUBSCRIBE for whoever keeps subscriptions; we keep none (RFC 6665 4.2). */
export function incomingSubscribe(request: Request, contact: string, respond: (parts: ResponseParts) => void): IncomingSubscribe {
  const localTag = request.to.params.get('tag');
  const toTag = localTag ?? newToken();
  const [event = ''] = (headerOf(request, 'event') ?? '').split(';');
  return {
    event: event.trim().toLowerCase(),
    expires: expiresOf(request),
    requestUri: addressOf(request.uri),
    to: addressOf(request.to.uri, utf8(request.to.displayName)),
    from: addressOf(request.from.uri, utf8(request.from.displayName)),
    localTag,
    callId: request.callId,
    accept: (expires: number): DialogState => {
      respond({ status: 200, toTag, recordRoute: true, headers: [`Expires: ${expires}`, contact] });
      return dialogBegunBy(request, toTag);
    },
    reject: (status, reason, headers) => respond({ status, reason, toTag, headers }),
  };
}

export function expiresOf(request: Request): number {
  const digits = headerOf(request, 'expires') ?? '';
  return /^\d{1,9}$/.test(digits) ? Number(digits) : DEFAULT_SECONDS;
}
