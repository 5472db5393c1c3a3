import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { DomainError, type ErrorKind } from '@sfs/kernel';
import { fromStatus, toStatus } from './status.ts';

const asServiceError = (code: status, details = '', metadata = new Metadata()): ServiceError => Object.assign(new Error(details), { code, details, metadata });

describe('status mapping', () => {
  it.each<[ErrorKind, status]>([
    ['invalid', status.INVALID_ARGUMENT],
    ['not-found', status.NOT_FOUND],
    ['conflict', status.ABORTED],
    ['denied', status.PERMISSION_DENIED],
    ['exhausted', status.RESOURCE_EXHAUSTED],
    ['unavailable', status.UNAVAILABLE],
  ])('carries %s there and back', (kind, code) => {
    const sent = toStatus(new DomainError(kind, 'x/y', 'Wörter', { field: 'f', outcomeUnknown: true }));
    expect(sent.code).toBe(code);
    expect(fromStatus(asServiceError(sent.code, sent.details, sent.metadata))).toMatchObject({ kind, code: 'x/y', message: 'Wörter', details: { field: 'f', outcomeUnknown: true } });
  });

  it('shows nothing of a bug', () => {
    expect(toStatus(new Error('select password'))).toMatchObject({ code: status.INTERNAL, details: 'Internal error' });
  });

  it('tells a call that never left from one whose outcome is unknown', () => {
    expect(fromStatus(asServiceError(status.UNAVAILABLE, 'No connection established. Last error: x'))).toMatchObject({ code: 'grpc/unreachable', details: {} });
    expect(fromStatus(asServiceError(status.UNAVAILABLE, 'Connection dropped'))).toMatchObject({ details: { outcomeUnknown: true } });
    expect(fromStatus(asServiceError(status.DEADLINE_EXCEEDED))).toMatchObject({ code: 'grpc/deadline', details: { outcomeUnknown: true } });
  });

  it('survives broken error details', () => {
    const metadata = new Metadata();
    metadata.set('sfs-error-bin', Buffer.from('{'));
    expect(fromStatus(asServiceError(status.ABORTED, '', metadata))).toMatchObject({ code: 'internal' });
  });
});
