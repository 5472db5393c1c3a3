import { Metadata, status, type ServiceError, type StatusObject } from '@grpc/grpc-js';
import { DomainError, type ErrorDetails, type ErrorKind } from '@sfs/kernel';

const ERROR_KEY = 'sfs-error-bin';

const STATUS_OF: Readonly<Record<ErrorKind, status>> = {
  invalid: status.INVALID_ARGUMENT,
  'not-found': status.NOT_FOUND,
  conflict: status.ABORTED,
  denied: status.PERMISSION_DENIED,
  exhausted: status.RESOURCE_EXHAUSTED,
  unavailable: status.UNAVAILABLE,
};

/** What a server ends the call with. Anything but a DomainError is hidden: its cause belongs in our log, not in the answer. */
export type CallStatus = Pick<StatusObject, 'code' | 'details' | 'metadata'> & { readonly message: string };

export function toStatus(error: unknown): CallStatus {
  if (!(error instanceof DomainError)) {
    return { code: status.INTERNAL, message: 'Internal error', details: 'Internal error', metadata: new Metadata() };
  }
  const { kind, code, message, details } = error;
  const metadata = new Metadata();
  metadata.set(ERROR_KEY, Buffer.from(JSON.stringify({ kind, code, message, details })));
  // grpc-js percent-encodes the text and throws on half a surrogate pair, which the round trip through UTF-8 removes.
  const text = Buffer.from(message).toString();
  return { code: STATUS_OF[kind], message: text, details: text, metadata };
}

/** Client side: the server's own words, or what the transport said in ours. `code` "internal" = the service failed, its log knows why. */
export function fromStatus(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (!isServiceError(error)) return new DomainError('unavailable', 'internal', 'The call failed');
  return carried(error.metadata) ?? transportError(error);
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}

function carried(metadata: Metadata | undefined): DomainError | undefined {
  const value = metadata?.get(ERROR_KEY)[0];
  if (!Buffer.isBuffer(value)) return undefined;
  try {
    const { kind, code, message, details } = JSON.parse(value.toString()) as { kind: ErrorKind; code: string; message: string; details: ErrorDetails };
    return kind in STATUS_OF ? new DomainError(kind, code, message, details) : undefined;
  } catch {
    return undefined;
  }
}

function transportError(error: ServiceError): DomainError {
  switch (error.code) {
    case status.DEADLINE_EXCEEDED:
      return new DomainError('unavailable', 'grpc/deadline', 'The service did not answer in time', { outcomeUnknown: true });
    case status.UNAVAILABLE:
      // "No connection established" is grpc-js's word for a call that never left this process.
      return new DomainError('unavailable', 'grpc/unreachable', 'The service cannot be reached', error.details.startsWith('No connection') ? {} : { outcomeUnknown: true });
    case status.CANCELLED:
      return new DomainError('unavailable', 'grpc/cancelled', 'The call was cancelled', { outcomeUnknown: true });
    case status.UNAUTHENTICATED:
      return new DomainError('denied', 'grpc/unauthenticated', 'The service does not know this caller', { remedy: 'Give both services the same SFS_SERVICE_TOKEN.' });
    case status.RESOURCE_EXHAUSTED:
      return new DomainError('exhausted', 'grpc/too-large', 'The message is too large');
    default:
      return new DomainError('unavailable', 'internal', 'The service failed');
  }
}
